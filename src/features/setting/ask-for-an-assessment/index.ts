/** A school's or college's own request for an assessment: in one step its graduated response becomes the evidence. */
export { routes } from './routes.tsx'

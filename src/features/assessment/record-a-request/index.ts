/** Record a request for an EHC needs assessment, however it came. */
export { routes } from './routes.tsx'

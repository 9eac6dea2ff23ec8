/** Answer what professionals and settings say of a draft. */
export { routes } from './routes.tsx'

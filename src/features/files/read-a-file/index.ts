/** Open a file somebody sent: as a download, or played and shown in a page. */
export { routes } from './routes.tsx'

/** Accounts of staff, professionals and settings: who has one, adding one before they first sign in, ending one on a day. */
export { ACCOUNTS_PATH, routes } from './routes.tsx'

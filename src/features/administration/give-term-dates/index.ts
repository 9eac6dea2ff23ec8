/** The school terms of the authority: given by an administrator, dated, and counted by in the ledger of provision and section 19. */
export { giveTermDatesRoutes } from './routes.tsx'

/** Change a child's details and the people round them. */
import type { Route } from '../../../platform/routes.ts'
import { detailsRoutes } from './details.tsx'
import { peopleRoutes } from './people.tsx'

/** For other pages that change a child's record: locked, checked against the version seen, told in the history. */
export { type ChangePage, changePage } from './change-page.tsx'
export { type Changed, type ChangeRun, refuse } from './command.ts'

export const routes: readonly Route[] = [...detailsRoutes, ...peopleRoutes]

/** What a plan costs by date: its lines, the child's band, who bears it; and the page where all its money stands. */
import type { Route } from '../../../platform/routes.ts'
import { routes as pageRoutes } from './page.tsx'
import { steps } from './steps.tsx'

export const routes: readonly Route[] = [...pageRoutes, ...steps]

import type { Route } from '../../platform/routes.ts'
import { listRoutes } from './routes.ts'
import { savedFilterRoutes } from './saved-filters.tsx'

/** Where am I needed? Open work in order of risk, filtered, saved, downloaded and given to someone else. */
export const routes: readonly Route[] = [...listRoutes, ...savedFilterRoutes]

export { nextThing, whoActs } from './next-things.ts'

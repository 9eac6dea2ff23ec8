import type { Route } from '../../platform/routes.ts'
import { dueRoutes } from './due-pages.tsx'
import { reassignRoutes } from './reassign.tsx'
import { drawnWithout, listRoutes } from './routes.ts'
import { savedFilterRoutes } from './saved-filters.tsx'

/** Where am I needed? Open work in order of risk, filtered, saved, downloaded and given to someone else. */
export const routes: readonly Route[] = [...listRoutes, ...dueRoutes, ...savedFilterRoutes, ...reassignRoutes]

export { nextThing, whoActs } from './next-things.ts'
export { drawnWithout }

/** Change a child's details and the people round them. */
import type { Route } from '../../../platform/routes.ts'
import { detailsRoutes } from './details.tsx'
import { peopleRoutes } from './people.tsx'

export const routes: readonly Route[] = [...detailsRoutes, ...peopleRoutes]

/** Hear the family: read what they say, answer it by the day promised, and write it down for those who cannot. */
import type { Route } from '../../../platform/routes.ts'
import { messageRoutes } from './messages.tsx'
import { takeDownRoutes } from './take-down.tsx'
import { saidRoutes } from './what-they-said.tsx'

export const routes: readonly Route[] = [...messageRoutes, ...saidRoutes, ...takeDownRoutes]

/** Claim an exception, decide it, end it. An exception lifts a limit; it never moves a date. */
import type { Route } from '../../../platform/routes.ts'
import { claimRoutes } from './claim.tsx'
import { decideRoutes, endRoutes } from './decide.tsx'

export const routes: readonly Route[] = [...claimRoutes, ...decideRoutes, ...endRoutes]

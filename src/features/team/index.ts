/** The manager's page: caseload of each officer, what will miss its date and why, what to allocate and to whom. */
import type { Route } from '../../platform/routes.ts'
import { routes as linesOfWork } from './lines-of-work/index.ts'
import { routes as team } from './routes.tsx'
import { routes as standIn } from './stand-in/index.ts'

export const routes: readonly Route[] = [...team, ...linesOfWork, ...standIn]

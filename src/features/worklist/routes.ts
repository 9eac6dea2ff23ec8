import type { Trx } from '../../db/viewer.ts'
import {
  type Answer,
  type Context,
  caseReaders,
  caseworkers,
  EXPORTS,
  type Route,
  type SignedIn,
  viewerOf,
} from '../../platform/routes.ts'
import { findStandingInFor } from '../team/stand-in/index.ts'
import { spreadsheet } from './csv.ts'
import { readFilters } from './filters.ts'
import { worklistPage } from './page.tsx'
import { findForSpreadsheet, findPlaces, findWorklist, keptPlaces, keptSettingNames } from './queries.ts'
import { worklistView } from './view.ts'
import { whatWaits, whatWaitsLine } from './what-waits.tsx'

const access = { who: 'roles', roles: caseReaders } as const

export const listRoutes: readonly Route[] = [
  {
    method: 'GET',
    url: '/staff/worklist',
    access,
    touches: 'children',
    handle: async (context) => {
      const viewer = viewerOf(context)
      const filters = readFilters(context.query, viewer)
      const { today } = context
      const { counts, rows, places, settings, saved, waits, standingIn } = await context.read(
        'worklist',
        async (trx, saw) => {
          const found = await findWorklist(trx, { filters, viewer, today })
          saw(found.rows.map((row) => row.child_id))
          const { server } = context.request
          return {
            ...found,
            places: await keptPlaces(server, trx, today),
            settings: await keptSettingNames(server, trx, found.rows),
            waits: await whatWaits(trx, today),
            standingIn: await findStandingInFor(trx, viewer.accountId, today),
          }
        },
      )
      const mayAssign = caseworkers.includes(viewer.role)
      const view = worklistView({ filters, counts, rows, places, settings, saved, today, viewer, mayAssign })
      return worklistPage(
        view,
        mayAssign && context.query['choose'] === 'yes',
        whatWaitsLine(waits),
        standingIn,
      )
    },
  },
  { method: 'GET', url: '/staff/worklist.csv', access, touches: 'children', limit: EXPORTS, handle: csv },
]

/** The whole of the filtered list as a spreadsheet; the access log holds every child in it. */
async function csv(context: Context) {
  const viewer = viewerOf(context)
  const filters = { ...readFilters(context.query, viewer), page: 1 }
  const { today } = context
  const { rows, places, settings } = await context.read('worklist: spreadsheet', async (trx, saw) => {
    const found = await findForSpreadsheet(trx, { filters, viewer, today })
    saw(found.rows.map((row) => row.child_id))
    const settings = await keptSettingNames(context.request.server, trx, found.rows)
    return { rows: found.rows, places: await findPlaces(trx, today), settings }
  })
  return {
    file: {
      name: `worklist-${today}.csv`,
      type: 'text/csv; charset=utf-8',
      body: spreadsheet(rows, places, settings, today),
    },
  }
}

/** The same page over and over from rows read once: what drawing it costs with no database, for the bench. */
export async function drawnWithout(
  trx: Trx,
  viewer: SignedIn,
  today: string,
  query: Readonly<Record<string, string>>,
): Promise<() => Answer> {
  const filters = readFilters(query, viewer)
  const found = await findWorklist(trx, { filters, viewer, today })
  const places = await findPlaces(trx, today)
  const settings = await keptSettingNames({}, trx, found.rows)
  return () =>
    worklistPage(worklistView({ filters, ...found, places, settings, today, viewer, mayAssign: true }), false)
}

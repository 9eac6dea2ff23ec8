/** The directory: every setting of England that open data names, with what the council knows of it. */
import { stringify } from 'csv-stringify/sync'
import type { Trx } from '../../../db/viewer.ts'
import {
  type Answer,
  type Context,
  caseReaders,
  EXPORTS,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { straightLineMiles } from '../../../record/travel/index.ts'
import { findSetting, homeOf, successorOf } from '../the-settings/index.ts'
import { DirectoryPage } from './directory-page.tsx'
import { readSettingFilters } from './filters.ts'
import { keepers, keepRoutes } from './keep-setting.tsx'
import { findKept, findPlaced, findSettings } from './queries.ts'
import { SettingPage } from './setting-page.tsx'

const access = { who: 'roles', roles: caseReaders } as const

/** The child a case is about, for distances from home; null when there is none this viewer may see. */
async function caseOf(trx: Trx, id: string | null) {
  if (id === null) return null
  const row = await trx
    .selectFrom('process as p')
    .innerJoin('child as c', 'c.id', 'p.child_id')
    .select(['p.id', 'c.id as child_id', 'c.given_name', 'c.family_name', 'c.postcode'])
    .where('p.id', '=', id)
    .executeTakeFirst()
  return row
    ? {
        id: row.id,
        childId: row.child_id,
        name: `${row.given_name} ${row.family_name}`,
        home: homeOf(row.postcode),
      }
    : null
}

async function directory(context: Context): Promise<Answer> {
  const asked = readSettingFilters(context.query)
  const { today } = context
  const read = await context.read('directory of settings', async (trx, saw) => {
    const forCase = await caseOf(trx, asked.forCase)
    if (forCase) saw(forCase.childId)
    const filters = { ...asked, forCase: forCase?.id ?? null }
    return { filters, forCase, ...(await findSettings(trx, filters, { today, home: forCase?.home ?? null })) }
  })
  return {
    page: {
      title: 'Settings',
      wide: true,
      main: (
        <DirectoryPage
          filters={read.filters}
          rows={read.rows}
          total={read.total}
          today={today}
          forCase={
            read.forCase && {
              id: read.forCase.id,
              name: read.forCase.name,
              homeIsKnown: read.forCase.home !== null,
            }
          }
        />
      ),
    },
  }
}

async function csv(context: Context): Promise<Answer> {
  const asked = readSettingFilters(context.query)
  const { today } = context
  const { rows } = await context.read('directory of settings: spreadsheet', async (trx, saw) => {
    const forCase = await caseOf(trx, asked.forCase)
    if (forCase) saw(forCase.childId)
    return findSettings(trx, asked, { today, home: forCase?.home ?? null, all: true })
  })
  const lines = rows.map((row) => [
    row.urn,
    row.name,
    row.type,
    row.town,
    row.postcode,
    row.is_outside ? 'Out of county' : 'In the county',
    row.standing,
    row.section41From,
    row.section41To,
    row.closed_on,
    (row.needs ?? []).join(' '),
    row.age_from,
    row.age_to,
    row.commissioned,
    row.placed,
    row.miles,
    row.source,
  ])
  return {
    file: {
      name: `settings-${today}.csv`,
      type: 'text/csv; charset=utf-8',
      body: `\uFEFF${stringify(
        [
          [
            'URN',
            'Name',
            'Type',
            'Town',
            'Postcode',
            'Where',
            `In law on ${today}`,
            'Section 41 from',
            'Section 41 until',
            'Closed on',
            'Needs met',
            'Youngest age',
            'Oldest age',
            'Places commissioned',
            'Placed by us',
            'Miles, straight line',
            'Source',
          ],
          ...lines,
        ],
        { escape_formulas: true, record_delimiter: 'windows' },
      )}`,
    },
  }
}

async function one(context: Context): Promise<Answer> {
  const asked = context.params['urn'] ?? ''
  const { today } = context
  const { forCase: caseId } = readSettingFilters(context.query)
  const read = await context.read('a setting, and who is placed there', async (trx, saw) => {
    const urn = await successorOf(trx, asked, today)
    const setting = await findSetting(trx, urn, today)
    if (!setting) return undefined
    const placed = await findPlaced(trx, urn, today)
    const forCase = await caseOf(trx, caseId)
    saw([...placed.map((child) => child.child_id), ...(forCase ? [forCase.childId] : [])])
    return { setting, placed, forCase, kept: await findKept(trx, urn) }
  })
  if (!read) return { missing: true }
  const { setting, forCase } = read
  const place =
    setting.easting === null || setting.northing === null
      ? null
      : { easting: setting.easting, northing: setting.northing }
  return {
    page: {
      title: setting.name,
      backLink: {
        href: `/staff/directory${forCase ? `?case=${forCase.id}` : ''}`,
        text: 'Settings',
      },
      main: (
        <SettingPage
          setting={setting}
          kept={read.kept}
          placed={read.placed}
          today={today}
          mayKeep={keepers.includes(viewerOf(context).role)}
          forCase={
            forCase && { id: forCase.id, name: forCase.name, miles: straightLineMiles(forCase.home, place) }
          }
          cameFrom={asked === setting.urn ? null : asked}
        />
      ),
    },
  }
}

export const routes: readonly Route[] = [
  { method: 'GET', url: '/staff/directory', access, touches: 'children', handle: directory },
  { method: 'GET', url: '/staff/directory.csv', access, touches: 'children', limit: EXPORTS, handle: csv },
  { method: 'GET', url: '/staff/directory/:urn', access, touches: 'children', handle: one },
  ...keepRoutes,
]

import {
  type Answer,
  type Context,
  caseReaders,
  caseworkers,
  type Route,
  SEARCHES,
  viewerOf,
} from '../../../platform/routes.ts'
import { loadChild } from '../the-child/index.ts'
import { ChildPage } from './child-page.tsx'
import { listChanges, listLooks, listProcesses } from './child-queries.ts'
import { type FoundChild, findChildren, type Search, understand } from './queries.ts'
import { SearchPage } from './search-page.tsx'

const access = { who: 'roles', roles: caseReaders } as const
const mayChange = (context: Context): boolean => caseworkers.includes(viewerOf(context).role)

function searchPage(
  context: Context,
  typed: string,
  search: Search,
  found: readonly FoundChild[],
  problem?: string,
): Answer {
  return {
    page: {
      title: 'Find a child',
      hasErrors: problem !== undefined,
      status: problem === undefined ? 200 : 422,
      wide: true,
      main: (
        <SearchPage
          typed={typed}
          search={search}
          found={found}
          problem={problem}
          csrfToken={viewerOf(context).csrfToken}
          mayRecord={mayChange(context)}
        />
      ),
    },
  }
}

const ask: Route = {
  method: 'GET',
  url: '/staff/children',
  access,
  touches: 'nothing',
  handle: async (context) => searchPage(context, '', { by: 'nothing' }, []),
}

/** Posted, so that nothing personal is in an address, a history or a server log. */
const find: Route = {
  method: 'POST',
  url: '/staff/children',
  access,
  touches: 'children',
  limit: SEARCHES,
  handle: async (context) => {
    const typed = context.form['q'] ?? ''
    const search = understand(typed)
    if (search.by === 'nothing')
      return searchPage(context, typed, search, [], 'Enter a name, a number, a date of birth or a postcode')
    const found = await context.read(`searched by ${search.by}`, async (trx, saw) => {
      const children = await findChildren(trx, search)
      saw(children.map((child) => child.id))
      return children
    })
    return searchPage(context, typed, search, found)
  },
}

const show: Route = {
  method: 'GET',
  url: '/staff/children/:id',
  access,
  touches: 'children',
  handle: async (context) => {
    const asked = Number(context.query['looked'] ?? '1')
    const page = Number.isInteger(asked) && asked >= 1 && asked <= 100_000 ? asked : 1
    const view = await context.read('opened the child’s page', async (trx, saw) => {
      const child = await loadChild(trx, context.params['id'] ?? '')
      if (!child) return undefined
      saw(child.id)
      return {
        child,
        processes: await listProcesses(trx, child.id),
        changes: await listChanges(trx, child.id),
        looks: { ...(await listLooks(trx, child.id, page)), page },
      }
    })
    if (!view) return { missing: true }
    return {
      page: {
        title: view.child.name,
        backLink: { href: '/staff/children', text: 'Find a child' },
        main: <ChildPage {...view} today={context.today} mayChange={mayChange(context)} />,
      },
    }
  },
}

export const routes: readonly Route[] = [ask, find, show]

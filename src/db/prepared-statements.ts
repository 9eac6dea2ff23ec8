import { createHash } from 'node:crypto'
import type pg from 'pg'

/** Statements kept for one connection. Bulk inserts of every length would fill it: past this they are sent plain. */
const MOST = 400
const LONGEST = 20_000

type Query = (text: unknown, values?: unknown, ...rest: unknown[]) => unknown

/**
 * Has the server keep each statement with parameters, so that it plans it once for a connection and not once for a
 * request: on the worklist planning cost as much as running. The plan is the server's own business; it plans again when
 * the role or the tables change.
 *
 * A change of a table's columns under a running site makes the server refuse the kept statement once (0A000): it is then
 * forgotten and prepared anew under another name.
 */
export function prepareStatements(client: pg.Client | pg.PoolClient): void {
  const names = new Map<string, string>()
  let generation = 0
  const plain: Query = (...args) => Reflect.apply(Object.getPrototypeOf(client).query, client, args)
  const nameOf = (text: string): string | undefined => {
    const held = names.get(text)
    if (held !== undefined) return held
    if (names.size >= MOST || text.length > LONGEST) return undefined
    const name = `c${generation}_${createHash('md5').update(text).digest('hex')}`
    names.set(text, name)
    return name
  }
  const query: Query = (text, values, ...rest) => {
    const name =
      typeof text === 'string' && Array.isArray(values) && values.length > 0 && rest.length === 0
        ? nameOf(text)
        : undefined
    if (name === undefined) return plain(text, values, ...rest)
    const answer = plain({ name, text, values }) as Promise<unknown>
    return answer.catch((error: { code?: string }) => {
      if (error.code === '0A000') {
        names.clear()
        generation++
      }
      throw error
    })
  }
  client.query = query as typeof client.query
}

import { expect, test } from 'vitest'
import type { Io } from '../../cli/io.ts'
import { runServe } from '../../cli/serve.ts'
import { type FreshRecord, freshRecord } from '../testing/fresh-record.ts'

/** Starts the site with a login; once it listens it is stopped as Ctrl+C would. */
async function serve(
  record: FreshRecord,
  login: string,
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const before = process.listeners('SIGINT')
  let [out, err] = ['', '']
  const io: Io = {
    stdin: (async function* () {})(),
    stdout: {
      write: (text: string) => {
        out += text
        // It is said before the server waits to be stopped.
        setTimeout(() => {
          for (const listener of process.listeners('SIGINT').filter((one) => !before.includes(one)))
            listener('SIGINT')
        }, 200)
        return true
      },
    },
    stderr: {
      write: (text: string) => {
        err += text
        return true
      },
    },
    env: {
      CLEARWAY_MODE: 'live',
      CLEARWAY_ORIGIN: 'https://send.story.invalid',
      DATABASE_URL: login,
      OWNER_DATABASE_URL: record.urls!.owner,
    },
    today: '2026-07-06',
  }
  return { code: await runServe(['--port', '0'], io), out, err }
}

test('a live authority is served under the application’s login, and not under the owner’s, a superuser’s or one that bypasses the wall', async () => {
  const record = await freshRecord()
  try {
    await record.owner
      .insertInto('authority')
      .values({
        code: '999',
        name: 'Story County',
        ons_code: 'E06999999',
        region: 'South West',
        mode: 'live',
      })
      .execute()
    for (const login of [record.urls!.owner, record.superuserUrl!]) {
      const { code, out, err } = await serve(record, login)
      expect({ code, out }).toEqual({ code: 1, out: '' })
      expect(err).toMatch(/^The login in DATABASE_URL owns the record or may see past its walls[^\n]*\n$/)
    }
    const { code, out } = await serve(record, record.urls!.application)
    expect(code).toBe(0)
    expect(out).toContain('Clearway is serving Story County (live)')
  } finally {
    await record.close()
  }
})

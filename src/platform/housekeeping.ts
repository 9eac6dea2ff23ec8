import { sql } from 'kysely'
import { sealAccessLog } from '../db/access-seal/index.ts'
import type { Database } from '../db/connection.ts'
import { isLawEverSet, loadLawSettings } from '../db/law-settings/index.ts'
import { rebuildDeadlines } from '../db/rebuild/index.ts'
import { asOwner } from '../db/viewer.ts'
import type { LawSettings } from '../law/index.ts'
import type { Authority } from './authority.ts'
import { londonClock, trainingClock } from './clock.ts'
import type { FileService } from './files/index.ts'
import { keepFiles } from './files/keep-files.ts'

export interface Housekeeping {
  /** The day, or how the authority reads the law, may have changed: looks now, not in a minute. */
  readonly dayMoved: () => void
  readonly stop: () => Promise<void>
}

const MINUTE = 60_000

/**
 * What the server does by itself, one thing at a time: seals the access log each minute, and computes the deadline
 * caches again at start, when the authority's day changes, and when it comes to read the law another way. All can be
 * interrupted at any point and simply run again.
 */
export function keepHouse(parts: {
  readonly owner: Database
  readonly authority: Authority
  /** Given where people send files: what waits is checked again, and what nobody names is swept. */
  readonly files?: FileService
  readonly onProblem: (text: string) => void
}): Housekeeping {
  const clock = parts.authority.mode === 'training' ? trainingClock(parts.owner) : londonClock()
  const stopping = new AbortController()
  let running: Promise<void> = Promise.resolve()
  /** What the caches were last computed for by this server. Nobody knows what day they were left on by the one before. */
  let computed: { readonly day: string; readonly settings: LawSettings } | undefined
  const inTurn = (what: string, work: () => Promise<unknown>): void => {
    running = running.then(async () => {
      if (stopping.signal.aborted) return
      try {
        await work()
      } catch (error) {
        parts.onProblem(
          `${what} failed and will be tried again: ${error instanceof Error ? error.message : String(error)}`,
        )
      }
    })
  }
  const keepDeadlines = async (): Promise<void> => {
    const today = await clock.today()
    const { settings, isEverSet } = await asOwner(parts.owner, async (trx) => ({
      settings: await loadLawSettings(trx, today),
      isEverSet: await isLawEverSet(trx),
    }))
    if (computed?.day === today && computed.settings === settings) return
    // A day turns a few rows of open cases; a reading of the law may move a date of any case.
    const isReadAsBefore = computed ? computed.settings === settings : !isEverSet
    await rebuildDeadlines(parts.owner, {
      today,
      settings,
      onlyOpen: isReadAsBefore,
      childrenAtATime: 50,
      signal: stopping.signal,
    })
    computed = { day: today, settings }
  }
  const tick = (): void => {
    inTurn('Sealing the access log', () => sealAccessLog(parts.owner))
    inTurn('Clearing what is over of signing in', () =>
      asOwner(parts.owner, (trx) => sql`select sweep_sign_in()`.execute(trx)),
    )
    inTurn('Forgetting requests begun and left for 28 days', () =>
      asOwner(parts.owner, (trx) => sql`select forget_old_request_drafts()`.execute(trx)),
    )
    inTurn('Computing the deadlines', keepDeadlines)
    const { files } = parts
    if (files) inTurn('Keeping the files', () => keepFiles(parts.owner, files, stopping.signal))
  }
  inTurn('Computing the deadlines', keepDeadlines)
  const timer = setInterval(tick, MINUTE)
  timer.unref()
  return {
    dayMoved: tick,
    stop: async () => {
      clearInterval(timer)
      stopping.abort()
      await running
    },
  }
}

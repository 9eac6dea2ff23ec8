import { sealAccessLog } from '../db/access-seal/index.ts'
import type { Database } from '../db/connection.ts'
import { rebuildDeadlines } from '../db/rebuild/index.ts'
import type { Authority } from './authority.ts'
import { londonClock, trainingClock } from './clock.ts'

export interface Housekeeping {
  readonly dayMoved: () => void
  readonly stop: () => Promise<void>
}

const MINUTE = 60_000

/**
 * What the server does by itself, one thing at a time: seals the access log each minute, and computes the deadline
 * caches again when the authority's day changes. Both can be interrupted at any point and simply run again.
 */
export function keepHouse(parts: {
  readonly owner: Database
  readonly authority: Authority
  readonly onProblem: (text: string) => void
}): Housekeeping {
  const clock = parts.authority.mode === 'training' ? trainingClock(parts.owner) : londonClock()
  let running: Promise<void> = Promise.resolve()
  let stopped = false
  let day: string | undefined
  const inTurn = (what: string, work: () => Promise<unknown>): void => {
    running = running.then(async () => {
      if (stopped) return
      try {
        await work()
      } catch (error) {
        parts.onProblem(
          `${what} failed and will be tried again: ${error instanceof Error ? error.message : String(error)}`,
        )
      }
    })
  }
  const tick = (): void => {
    inTurn('Sealing the access log', () => sealAccessLog(parts.owner))
    inTurn('Computing the deadlines for a new day', async () => {
      const today = await clock.today()
      if (day !== undefined && day !== today) await rebuildDeadlines(parts.owner, { today, onlyOpen: true })
      day = today
    })
  }
  inTurn('Reading the day', async () => {
    day = await clock.today()
  })
  const timer = setInterval(tick, MINUTE)
  timer.unref()
  return {
    dayMoved: tick,
    stop: async () => {
      clearInterval(timer)
      stopped = true
      await running
    },
  }
}

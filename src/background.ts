import type { Database, DatabaseLocation } from './db/connection.ts'
import { stopComposer, warmComposer } from './documents/compose/index.ts'
import { printLettersJob } from './features/letters/print-letters/index.ts'
import { cohortJob } from './features/placement/consult-for-a-cohort/index.tsx'
import type { Authority } from './platform/authority.ts'
import { londonClock, trainingClock } from './platform/clock.ts'
import { askForReminders, type JobKind, keepJobs, remindersJob } from './platform/jobs/index.ts'
import {
  askAfterSent,
  type Carrier,
  type Delivery,
  eraseOutOfDate,
  keepDelivering,
} from './platform/messages/index.ts'

/** Every kind of work done in the background: each feature brings its own. */
export const allJobs = (owner: Database): readonly JobKind[] => [
  remindersJob(owner),
  printLettersJob(owner),
  cohortJob(owner),
]

export interface Background {
  stop(): Promise<void>
}

const MINUTE = 60_000
/** The first pages of a server that has just started come first. */
const WARM_AFTER_MS = 5_000
/** A live council's reminders are worked out in the morning, when the day's facts of the evening before are in. */
const MORNING = 6

/** What a server does beside answering pages: sends the outbox, runs jobs, and asks for what the calendar brings. */
export async function startBackground(parts: {
  readonly owner: Database
  readonly ownerLocation: DatabaseLocation
  readonly authority: Authority
  readonly carriers: readonly Carrier[]
  readonly siteUrl: string
  readonly onProblem: (text: string) => void
}): Promise<Background> {
  const { owner, authority, onProblem } = parts
  const clock = authority.mode === 'training' ? trainingClock(owner) : londonClock()
  const delivery: Delivery = {
    owner,
    carriers: parts.carriers,
    siteUrl: parts.siteUrl,
    today: () => clock.today(),
  }
  // With nobody to carry them, messages stay in the outbox as they are: a training site shows what would have gone.
  const sending = parts.carriers.length > 0 ? keepDelivering({ ...delivery, onProblem }) : undefined
  const jobs = await keepJobs({ owner, location: parts.ownerLocation, kinds: allJobs(owner), onProblem })
  let running: Promise<void> = Promise.resolve()
  const look = (what: string, work: () => Promise<unknown>): void => {
    running = running.then(work).then(
      () => {},
      (error: unknown) =>
        onProblem(
          `${what} failed and will be tried again: ${error instanceof Error ? error.name : 'unknown'}`,
        ),
    )
  }
  const tick = (): void => {
    look('Erasing old sign-in messages', () => eraseOutOfDate(owner))
    if (parts.carriers.length > 0) look('Asking how far messages got', () => askAfterSent(delivery))
    if (authority.mode === 'training' || Temporal.Now.zonedDateTimeISO('Europe/London').hour >= MORNING)
      look('Asking for the reminders of the day', async () => askForReminders(owner, await clock.today()))
  }
  tick()
  // In the background, so that neither the start nor the first person to print a document waits for it.
  setTimeout(warmComposer, WARM_AFTER_MS).unref()
  const timer = setInterval(tick, MINUTE)
  timer.unref()
  return {
    stop: async () => {
      clearInterval(timer)
      await running
      await jobs.stop()
      await sending?.stop()
      await stopComposer()
    },
  }
}

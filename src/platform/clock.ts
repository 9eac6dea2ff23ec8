import type { Database } from '../db/connection.ts'

/** The authority's day. In training it stands still until somebody moves it; live it is the day in London. */
export interface Clock {
  today(): Promise<string>
}

export function londonClock(): Clock {
  return { today: async () => Temporal.Now.plainDateISO('Europe/London').toString() }
}

/** Reads the training day from the database, at most once a second, so that several processes agree. */
export function trainingClock(db: Database): Clock & { forget(): void } {
  let held: { readonly day: string; readonly until: number } | undefined
  return {
    async today() {
      const now = performance.now()
      if (held && held.until > now) return held.day
      const row = await db.selectFrom('authority').select('training_today').executeTakeFirstOrThrow()
      if (!row.training_today) throw new Error('this database is not a training authority')
      held = { day: row.training_today, until: now + 1000 }
      return held.day
    },
    forget() {
      held = undefined
    },
  }
}

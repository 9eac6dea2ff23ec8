import type { PlainDate } from './calendar/plain-date.ts'
import type { Fact } from './facts.ts'

/** One step of the reasoning behind a deadline. */
export type Reason =
  | { readonly type: 'started'; readonly fact: Fact; readonly on: PlainDate; readonly planned: boolean }
  | { readonly type: 'not-started'; readonly waitingFor: string; readonly fact: Fact }
  | {
      readonly type: 'version'
      readonly citation: string
      readonly from: PlainDate
      readonly to: PlainDate | null
    }
  | { readonly type: 'no-version'; readonly on: PlainDate; readonly words: string }
  | {
      readonly type: 'arithmetic'
      readonly words: string
      readonly from: PlainDate
      readonly due: PlainDate
      readonly triggerDayCounts: boolean | null
    }
  | { readonly type: 'no-number'; readonly words: string }
  | { readonly type: 'cannot-count'; readonly words: string }
  | { readonly type: 'days-excluded'; readonly days: readonly PlainDate[]; readonly words: string }
  | { readonly type: 'done'; readonly fact: Fact | null; readonly on: PlainDate; readonly daysLate: number }
  | { readonly type: 'lapsed'; readonly fact: Fact | null; readonly words: string }
  | { readonly type: 'displaced'; readonly fact: Fact; readonly words: string; readonly citation: string }
  | {
      readonly type: 'exception'
      readonly fact: Fact
      readonly exception: string
      readonly citation: string
      readonly lifts: boolean
      readonly missing: readonly string[]
    }
  | {
      readonly type: 'exception-available'
      readonly exception: string
      readonly citation: string
      readonly words: string
    }
  | { readonly type: 'reading'; readonly ref: string; readonly reading: 'A' | 'B'; readonly words: string }
  | { readonly type: 'warning'; readonly words: string; readonly fact: Fact | null }
  | { readonly type: 'note'; readonly words: string }

import type { PlainDate } from '../calendar/plain-date.ts'
import type { Deadline, DeadlineStatus, Display, LiftedBy } from '../deadline.ts'
import type { Fact } from '../facts.ts'
import type { Reason } from '../reasons.ts'
import { reasonsFor } from './because.ts'
import type { CompiledLaw, CompiledRule, CompiledVersion } from './compile.ts'

/** What a deadline was worked out from: kept so that its reasons can be built when they are read. */
export interface WorkedFrom {
  readonly facts: readonly Fact[]
  readonly asAt: PlainDate
  readonly law: CompiledLaw
}

export type CannotCount =
  | 'no-version'
  | 'calendar-ends'
  | 'no-terms'
  | 'terms-end'
  | 'not-known-when-made'
  | null

/** One deadline. Everything is worked out at once but the reasons. */
export class WorkedDeadline implements Deadline {
  readonly rule: string
  readonly ruleVersion: PlainDate | null
  readonly citation: string
  readonly process: string
  readonly title: string
  readonly display: Display
  readonly actor: string
  readonly startedOn: PlainDate | null
  readonly startFact: Fact | null
  readonly dueOn: PlainDate | null
  doneOn: PlainDate | null = null
  doneFact: Fact | null = null
  status: DeadlineStatus = 'running'
  daysLate: number | null = null
  daysLeft: number | null = null
  readonly actBy: PlainDate | null
  readonly commonlyQuoted: PlainDate | null
  readonly about: string | null
  lifted: LiftedBy | null = null
  readonly #one: CompiledRule
  readonly #version: CompiledVersion | null
  readonly #from: WorkedFrom
  readonly #waiting: Fact | null
  readonly #cannotCount: CannotCount

  constructor(
    one: CompiledRule,
    version: CompiledVersion | null,
    from: WorkedFrom,
    startFact: Fact | null,
    startedOn: PlainDate | null,
    dueOn: PlainDate | null,
    actBy: PlainDate | null,
    commonlyQuoted: PlainDate | null,
    about: string | null,
    waiting: Fact | null,
    cannotCount: CannotCount,
  ) {
    const { rule } = one
    this.rule = rule.id
    this.ruleVersion = version === null ? null : version.from
    this.citation = version === null ? one.versions[0]!.version.citation : version.version.citation
    this.process = rule.process
    this.title = rule.title
    this.display = one.display
    this.actor = rule.actor
    this.startedOn = startedOn
    this.startFact = startFact
    this.dueOn = dueOn
    this.actBy = actBy
    this.commonlyQuoted = commonlyQuoted
    this.about = about
    this.#one = one
    this.#version = version
    this.#from = from
    this.#waiting = waiting
    this.#cannotCount = cannotCount
  }

  get because(): readonly Reason[] {
    return reasonsFor({
      deadline: this,
      one: this.#one,
      version: this.#version,
      from: this.#from,
      waiting: this.#waiting,
      cannotCount: this.#cannotCount,
    })
  }
}

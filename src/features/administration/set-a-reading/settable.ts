import { SETTING_KEYS } from '../../../db/law-settings/index.ts'
import {
  type Choice,
  DEFAULT_SETTINGS,
  LOCAL_TARGETS,
  type LocalTarget,
  type ReadingRef,
  UNCERTAIN_READINGS,
} from '../../../law/index.ts'
import { REPLY_DAYS_UNLESS_SET, REPLY_PROMISE } from '../../family/promise-a-reply/index.ts'
import { MANAGER_AGREES } from '../../plan/agree-the-plan/index.ts'
import { ANSWER_DAYS_UNLESS_SET, ANSWER_PROMISE } from '../../setting/ask-a-specialist/index.ts'

export interface Option {
  /** As posted by the form. */
  readonly name: string
  /** As stored. */
  readonly value: string | number
  /** In a few words: "Reading A". */
  readonly short: string
  readonly text: string
}

/** Something an authority may choose for itself: how it reads the law, what it aims at, what it promises. */
export interface Settable {
  readonly key: string
  readonly group: 'readings' | 'targets' | 'promises' | 'plans'
  readonly title: string
  /** What each choice says, for reading; more than `options` where the engine follows one reading only. */
  readonly said: readonly { readonly name: string; readonly text: string }[]
  /** What may be chosen; one alone cannot be changed. */
  readonly options: readonly Option[]
  readonly byDefault: Option
}

const readingOption = (ref: ReadingRef, choice: Choice): Option => {
  const { A, B, default: usual, defaultWords } = UNCERTAIN_READINGS[ref]
  return choice === 'both'
    ? {
        name: 'both',
        value: 'both',
        short: 'Both',
        text: `Both: ${usual === 'both' ? defaultWords : 'each is drawn on'}`,
      }
    : {
        name: choice,
        value: choice,
        short: `Reading ${choice}`,
        text: `${choice}: ${choice === 'A' ? A : B}`,
      }
}

const reading = (ref: ReadingRef): Settable => {
  const { title, A, B, choices, default: byDefault } = UNCERTAIN_READINGS[ref]
  return {
    key: SETTING_KEYS.reading + ref,
    group: 'readings',
    title: `${ref}: ${title}`,
    said: [
      { name: 'Reading A', text: A },
      { name: 'Reading B', text: B },
    ],
    options: choices.map((choice) => readingOption(ref, choice)),
    byDefault: readingOption(ref, byDefault),
  }
}

const target = (id: LocalTarget): Settable => {
  const { title, days, unit } = { unit: 'days', ...LOCAL_TARGETS[id] }
  const long = `${days} ${unit.replace('-', ' ')}`
  const options: readonly [Option, Option] = [
    { name: String(days), value: days, short: long, text: `In use: ${long}` },
    { name: '0', value: 0, short: 'Not in use', text: 'Not in use' },
  ]
  return {
    key: SETTING_KEYS.target + id,
    group: 'targets',
    title,
    said: [],
    options,
    byDefault: options[DEFAULT_SETTINGS.localTargets.includes(id) ? 0 : 1],
  }
}

const days = (count: number): Option => ({
  name: String(count),
  value: count,
  short: `${count} days`,
  text: `${count} days`,
})

const workingDays = (count: number): Option => {
  const text = count === 1 ? '1 working day' : `${count} working days`
  return { name: String(count), value: count, short: text, text }
}

const FINAL_ONLY: Option = {
  name: 'final',
  value: 'final',
  short: 'Final plans',
  text: 'Final plans only',
}

/** Everything that can be chosen, in the order of the page. */
export const SETTABLES: readonly Settable[] = [
  ...(Object.keys(UNCERTAIN_READINGS) as ReadingRef[]).map(reading),
  ...(Object.keys(LOCAL_TARGETS) as LocalTarget[]).map(target),
  {
    key: SETTING_KEYS.dueSoon,
    group: 'targets',
    title: 'Call a date due soon this many days before it',
    said: [],
    options: [7, DEFAULT_SETTINGS.dueSoonDays, 21, 28].map(days),
    byDefault: days(DEFAULT_SETTINGS.dueSoonDays),
  },
  {
    key: REPLY_PROMISE,
    group: 'promises',
    title: 'Answer a family’s message within this many working days',
    said: [],
    options: [1, REPLY_DAYS_UNLESS_SET, 3, 5, 10].map(workingDays),
    byDefault: workingDays(REPLY_DAYS_UNLESS_SET),
  },
  {
    key: ANSWER_PROMISE,
    group: 'promises',
    title: 'Answer a setting’s question about SEN support within this many days',
    said: [],
    options: [7, 10, ANSWER_DAYS_UNLESS_SET, 21, 28].map(days),
    byDefault: days(ANSWER_DAYS_UNLESS_SET),
  },
  {
    key: MANAGER_AGREES,
    group: 'plans',
    title: 'Plans that a manager agrees before they are sent',
    said: [],
    options: [
      FINAL_ONLY,
      {
        name: 'draft-and-final',
        value: 'draft-and-final',
        short: 'Drafts and final plans',
        text: 'Drafts and final plans',
      },
    ],
    byDefault: FINAL_ONLY,
  },
]

/** What may be changed under this key; undefined for anything else. */
export const findSettable = (key: string | undefined): Settable | undefined =>
  SETTABLES.find((one) => one.key === key && one.options.length > 1)

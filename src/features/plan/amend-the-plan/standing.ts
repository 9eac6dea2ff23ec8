import type { Trx } from '../../../db/viewer.ts'
import { amendmentPeriod } from '../../../documents/letters/index.ts'
import { date, type Fact, iso, longDate } from '../../../law/index.ts'
import type { FieldError } from '../../../platform/routes.ts'
import {
  type Difference,
  differenceBetween,
  fieldInWords,
  isFinal,
  isUnchanged,
  type PartDifference,
} from '../../../record/plan/index.ts'
import type { CaseFile } from '../../assessment/the-case/index.ts'
import { type Held, planHeld } from '../send-the-plan/index.ts'
import { loadVersion, loadVersions, type PlanVersion } from '../the-plan/index.ts'

/** A plan in force that is held here: its words as they stand, the last final, and how the one became the other. */
export interface ToAmend {
  readonly held: Held
  readonly final: PlanVersion & { readonly sentOn: string }
  readonly difference: Difference
}

/** Reads the plan of a case and its last final; undefined where no final plan is held here as data. */
export async function planToAmend(
  trx: Trx,
  file: CaseFile,
  options: { readonly forUpdate?: boolean } = {},
): Promise<ToAmend | undefined> {
  const held = await planHeld(trx, file.child.id, file.process.id, options)
  if (!held) return undefined
  const head = (await loadVersions(trx, file.child.id)).find(
    (one) => one.planId === held.plan.id && isFinal(one.kind) && one.sentOn !== null,
  )
  const final = head && (await loadVersion(trx, head.id))
  if (!final || final.sentOn === null) return undefined
  return {
    held,
    final: { ...final, sentOn: final.sentOn },
    difference: differenceBetween(final.parts, held.parts),
  }
}

/** Why nothing can be amended from here, for the top of a page. */
export const NOT_HELD: readonly FieldError[] = [
  {
    field: '',
    text: 'No final plan of this child is held here as data, so there is nothing to compare the changes with',
  },
]

/** The amendment notice that is still to be answered by a final amended plan, or by a decision against it. */
export function openNotice(file: CaseFile): { readonly fact: Fact; readonly servedOn: string } | undefined {
  const notice = file.ownFacts
    .filter((fact) => fact.kind === 'amendment_notice')
    .toSorted((a, b) => (b.arrivedOn ?? b.on) - (a.arrivedOn ?? a.on))[0]
  if (!notice) return undefined
  const isAnswered = file.ownFacts.some(
    (fact) =>
      (fact.kind === 'amended_final_issued' || fact.kind === 'amendment_declined') && fact.on >= notice.on,
  )
  return isAnswered ? undefined : { fact: notice, servedOn: iso(notice.arrivedOn ?? notice.on) }
}

/** What is wrong with a final amended plan that rests on a notice: none was sent, or the 15 days are still the family's. */
export function problemWithTheWait(file: CaseFile, sentOn: string): readonly FieldError[] {
  const notice = openNotice(file)
  if (!notice)
    return [
      {
        field: 'ground',
        text: 'No amendment notice waits for an answer. Send one first (regulation 22(2)), or say what else lets you amend the plan',
      },
    ]
  const period = amendmentPeriod(notice.servedOn)
  return date(sentOn) <= period.last
    ? [
        {
          field: 'sentOn',
          text: `The family’s 15 days run until ${longDate(period.last)} and must not be cut short, even if they have answered (regulation 22(2)(c)). Wait until ${longDate(period.earliestFinal)}`,
        },
      ]
    : []
}

/** Nothing to amend: the words are those of the last final. */
export const unchanged = ({ difference, final }: ToAmend): readonly FieldError[] =>
  isUnchanged(difference)
    ? [
        {
          field: '',
          text: `Nothing has changed since the final plan of ${longDate(date(final.sentOn))}. Write the changes in the plan first`,
        },
      ]
    : []

/** Every change in a sentence, for a letter: "Section F, paragraph 4, changed. How often: was once a fortnight, now once a week". */
export function changesInWords({
  held,
  difference,
}: Pick<ToAmend, 'held' | 'difference'>): readonly string[] {
  const number = new Map(held.parts.map((part, index) => [part.partId, index + 1]))
  return difference.sections.flatMap(({ section, parts }) =>
    parts
      .filter((part) => part.how !== 'same')
      .map((part) => {
        const cited = number.get(part.partId)
        return `Section ${section}${cited ? `, paragraph ${cited}` : ''}, ${HOW[part.how]}. ${saysOf(part)}`.trim()
      }),
  )
}

const HOW = {
  added: 'new',
  removed: 'taken away',
  changed: 'changed',
  moved: 'moved',
  same: 'as it was',
} as const

function saysOf(part: PartDifference): string {
  const moved = part.movedFrom
    ? [
        part.movedFrom === part.section
          ? 'It stands in another place.'
          : `It stood in section ${part.movedFrom}.`,
      ]
    : []
  const isWhole = part.how === 'added' || part.how === 'removed'
  const fields = part.fields.map((field) => {
    if ('runs' in field) {
      const text = (without: 'added' | 'removed') =>
        field.runs.flatMap((run) => (run.how === without ? [] : run.words)).join('')
      if (isWhole) return `“${text(part.how === 'added' ? 'removed' : 'added').trim()}”.`
      return `${field.field}: was “${text('added').trim()}”, now “${text('removed').trim()}”.`
    }
    return isWhole ? `${field.field}: ${field.now || field.was}.` : `${fieldInWords(field)}.`
  })
  return [...moved, ...fields].join(' ')
}

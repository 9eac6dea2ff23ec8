import type { Trx } from '../../../db/viewer.ts'
import { findConfirmationsDue, WHY_CONFIRM } from '../../provision/prove-provision/index.ts'
import { findConsultations, WHY_15_DAYS } from '../answer-a-consultation/index.ts'
import { findQuestions, specialistWords } from '../ask-a-specialist/index.ts'
import { adviceWords, findAdviceAsked, WHY_6_WEEKS } from '../give-school-advice/index.ts'
import { type Asking, findReviewsDue, WHY_THE_REVIEW } from '../support-a-pupil/index.ts'
import { dueOn, type When } from '../the-setting/index.ts'

export const TASK_KINDS = {
  consultation: 'Consultations to answer',
  advice: 'Advice to give',
  review: 'SEN support to review',
  provision: 'Provision to confirm',
  answer: 'Answers to read',
} as const
export type TaskKind = keyof typeof TASK_KINDS

/** One thing the setting has to do. */
export interface Task {
  readonly kind: TaskKind
  readonly what: string
  readonly childName: string
  readonly settingName: string
  readonly href: string
  readonly due: string
  readonly when: When
  readonly whoAsked: string
  readonly why: string
}

const nameOf = (row: { readonly given_name: string; readonly family_name: string }): string =>
  `${row.given_name} ${row.family_name}`

/** Everything asked of the viewer's settings, soonest first, with the children it is about. */
export async function findTasks(
  trx: Trx,
  by: Asking,
): Promise<{ readonly tasks: readonly Task[]; readonly childIds: readonly string[] }> {
  const consultations = await findConsultations(trx, { waiting: true })
  const advice = await findAdviceAsked(trx, { waiting: true })
  const reviews = await findReviewsDue(trx, by)
  const provision = await findConfirmationsDue(trx, by.today)
  const answers = await findQuestions(trx, by, { which: 'unread' })
  const tasks: Task[] = [
    ...consultations.map((one) => ({
      kind: 'consultation' as const,
      what: 'Answer a consultation: can you meet these needs?',
      childName: nameOf(one),
      settingName: one.setting_name,
      href: `/setting/consultations/${one.id}`,
      due: one.due_on,
      whoAsked: one.coordinator ?? 'The SEND team',
      why: WHY_15_DAYS,
    })),
    ...advice.map((one) => ({
      kind: 'advice' as const,
      what: `Give advice: ${adviceWords(one.head)}`,
      childName: nameOf(one),
      settingName: one.setting_name,
      href: `/setting/advice/${one.id}`,
      due: one.due_on,
      whoAsked: one.coordinator ?? 'The SEND team',
      why: WHY_6_WEEKS,
    })),
    ...reviews.map((one) => ({
      kind: 'review' as const,
      what: `Review SEN support, round ${one.number}`,
      childName: nameOf(one),
      settingName: one.setting_name,
      href: `/setting/support/${one.pupil_id}`,
      due: one.review_on,
      whoAsked: 'Your setting',
      why: WHY_THE_REVIEW,
    })),
    ...provision.map((one) => ({
      kind: 'provision' as const,
      what: `Say whether the provision of the plan is in place (${one.lines} ${one.lines === 1 ? 'line' : 'lines'})`,
      childName: one.childName,
      settingName: one.settingName,
      href: `/setting/provision/${one.childId}`,
      due: one.due,
      whoAsked: 'The SEND team',
      why: WHY_CONFIRM,
    })),
    ...answers.map((one) => ({
      kind: 'answer' as const,
      what: `Read the answer to your question for ${specialistWords(one.specialist)}`,
      childName: one.child_name,
      settingName: one.setting_name,
      href: `/setting/questions/${one.id}`,
      due: one.answered_on ?? one.asked_on,
      whoAsked: one.answered_for ?? one.locality_name,
      why: 'The day the answer came. It stays on this list until somebody at your setting has read it.',
    })),
  ]
    .map((task) => ({ ...task, when: dueOn(task.due, by.today) }))
    .toSorted((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : a.childName.localeCompare(b.childName)))
  return {
    tasks,
    childIds: [
      ...[...consultations, ...advice, ...reviews, ...answers].flatMap((one) => one.child_id ?? []),
      ...provision.map((one) => one.childId),
    ],
  }
}

import { recordEvent } from '../../../db/case-history/index.ts'
import { loadContactPoints, type NamedRecipient, sendLetters } from '../../../documents/letters/index.ts'
import { type AdviceHead, longDate } from '../../../law/index.ts'
import type { FieldError } from '../../../platform/routes.ts'
import { tellWhatIsAsked } from '../tell-those-asked/index.ts'
import { caseStep, recordOnCase, type StepFact, type StepResult, type StepRun } from '../the-case/index.ts'
import { type Asking, askingDates, askingForm, askingLists } from './form.ts'
import { ALWAYS, HEADS } from './heads.ts'
import { questions, standing, start } from './questions.tsx'

async function carryOut(run: StepRun, answer: Asking): Promise<StepResult> {
  const { file, trx, today } = run
  const errors: FieldError[] = []
  const seen = new Set<string>()
  const professionals = new Set(
    (
      await trx
        .selectFrom('account')
        .select('id')
        .where('door', '=', 'professional')
        .where('active_from', '<=', today)
        .where((where) => where.or([where('active_to', 'is', null), where('active_to', '>', today)]))
        .execute()
    ).map((one) => one.id),
  )
  for (const ask of answer.asks) {
    const before = standing(file, ask.head, ask.adviser)
    const field = ask.head === 'parent' ? 'parent-do' : `${ask.head}-adviser`
    if (before)
      errors.push({
        field,
        text: `${ask.adviser} was already asked on ${longDate(before.on)}. Choose “Not now”, or chase them from the case`,
      })
    if (seen.has(`${ask.head}|${ask.adviser.toLowerCase()}`))
      errors.push({ field, text: 'Ask each adviser once under each head' })
    seen.add(`${ask.head}|${ask.adviser.toLowerCase()}`)
    if (ask.receivedOn && ask.receivedOn > today)
      errors.push({
        field: `${ask.head}-receivedOn`,
        text: 'The date they received it must be today or in the past',
      })
    if (ask.receivedOn && ask.receivedOn < answer.sentOn)
      errors.push({
        field: `${ask.head}-receivedOn`,
        text: 'The date they received it must be on or after the date it was sent',
      })
    // Being asked opens the child's record to them: only somebody who is a professional here, today.
    if (ask.account && !professionals.has(ask.account))
      errors.push({
        field: `${ask.head}-account`,
        text:
          ask.head === 'psychological'
            ? 'Choose a psychologist from the list'
            : 'Choose somebody from the list',
      })
  }
  if (errors.length > 0) return { ok: false, errors }
  const settingOf = (head: AdviceHead, adviser: string) =>
    (head === 'educational' || head === 'preparing-for-adulthood') &&
    file.child.setting &&
    adviser.includes(file.child.setting.name)
      ? file.child.setting.urn
      : null
  const facts: StepFact[] = answer.asks.map((ask) => ({
    kind: 'advice_requested',
    on: answer.sentOn,
    field: 'sentOn',
    payload: {
      head: ask.head,
      adviser: ask.adviser,
      receivedOn: ask.receivedOn,
      setting: settingOf(ask.head, ask.adviser),
    },
  }))
  const recorded = await recordOnCase(run, facts)
  if (!recorded.ok) return recorded
  const points = await loadContactPoints(trx, answer.sentOn)
  let letters = 0
  for (const [index, ask] of answer.asks.entries()) {
    await trx
      .insertInto('advice_request')
      .values({
        process_id: file.process.id,
        child_id: file.child.id,
        head: ask.head,
        adviser: ask.adviser,
        adviser_account: ask.account,
        setting_urn: settingOf(ask.head, ask.adviser),
        asked_on: answer.sentOn,
        // A request once taken back as a mistake left its row: it is asked for again on it.
      })
      .onConflict((conflict) =>
        conflict.columns(['process_id', 'head', 'adviser']).doUpdateSet({
          asked_on: answer.sentOn,
          adviser_account: ask.account,
          setting_urn: settingOf(ask.head, ask.adviser),
          withdrawn_on: null,
          received_on: null,
          nothing_to_report: false,
          chases: 0,
          last_chased_on: null,
        }),
      )
      .execute()
    const to: NamedRecipient | 'family' =
      ask.head === 'parent'
        ? 'family'
        : { name: ask.adviser, address: addressFor(ask.head, points), email: ask.email }
    letters += await sendLetters(trx, {
      childId: file.child.id,
      processId: file.process.id,
      eventId: recorded.ids[index]!,
      kind: 'advice-request',
      on: answer.sentOn,
      how: answer.how,
      by: run.by,
      today,
      file,
      details: { to, head: ask.head },
    })
  }
  await tellWhatIsAsked(
    trx,
    file,
    answer.asks.map((ask, index) => ({
      fact: facts[index]!,
      eventId: recorded.ids[index]!,
      account: ask.account,
      setting: settingOf(ask.head, ask.adviser),
    })),
    today,
  )
  for (const one of answer.existing) {
    await recordEvent(trx, {
      childId: file.child.id,
      processId: file.process.id,
      kind: 'note_added',
      on: answer.sentOn,
      today,
      by: run.by,
      payload: {
        about: 'existing-advice',
        head: one.head,
        note: `Advice under regulation ${HEADS[one.head].ref} not sought again: ${one.what}. Its author, the family and the authority agree that it is sufficient (regulation 6(4)): ${one.agreedBy}.`,
      },
    })
  }
  const left = ALWAYS.filter(
    (head) =>
      ![...answer.asks, ...answer.existing].some((one) => one.head === head) &&
      !file.ownFacts.some((fact) => fact.kind === 'advice_requested' && fact.head === head),
  )
  return {
    ok: true,
    notice: `${answer.asks.length} asked for advice, ${letters} letters kept as sent.${left.length > 0 ? ` Still to ask: ${left.map((head) => HEADS[head].title.toLowerCase()).join(', ')}.` : ''}`,
  }
}

const addressFor = (
  head: AdviceHead,
  points: Awaited<ReturnType<typeof loadContactPoints>>,
): string | null =>
  head === 'medical'
    ? (points['health-commissioning-body'].address ?? null)
    : head === 'social-care'
      ? (points['social-care-notices'].address ?? null)
      : null

export const routes = caseStep<Asking>({
  slug: 'ask-for-advice',
  title: () => 'Ask for advice',
  stages: ['gathering-advice', 'deciding-whether-to-issue', 'drafting', 'with-family', 'finalising'],
  schema: askingForm,
  lists: askingLists,
  dates: askingDates,
  start,
  questions,
  button: 'Record the requests and keep the letters',
  carryOut,
})

/** The heads of regulation 6(1), in the words of the page. */
export { ALWAYS, HEADS } from './heads.ts'

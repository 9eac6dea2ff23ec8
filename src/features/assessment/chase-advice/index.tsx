/** Chase advice that has not come: a reminder is kept, and counted. */
import { sql } from 'kysely'
import { z } from 'zod'
import { dayInWords, HOW_SENT, loadContactPoints, sendLetters } from '../../../documents/letters/index.ts'
import type { AdviceHead } from '../../../law/index.ts'
import { choice, optionalText, plainDate } from '../../../platform/forms.ts'
import { ChoiceField, DateField, dateParts, LongTextField } from '../../../ui/fields/index.ts'
import { GovukInsetText } from '../../../ui/govuk/index.ts'
import { findAdvice, readAdvice } from '../record-advice/index.tsx'
import { caseStep, recordOnCase } from '../the-case/index.ts'

const HOW = ['email', 'post', 'by-hand', 'portal'] as const
const form = z.object({
  chasedOn: plainDate('the date of the reminder'),
  how: choice(HOW, 'Choose how the reminder was sent'),
  note: optionalText({ max: 2000 }),
})
type Chase = z.output<typeof form>

export const routes = caseStep<Chase>({
  slug: 'chase-advice/:adviceId',
  title: () => 'Chase advice',
  stages: ['gathering-advice', 'deciding-whether-to-issue', 'drafting', 'with-family', 'finalising'],
  schema: form,
  dates: ['chasedOn'],
  start: (_file, today) => ({ ...dateParts('chasedOn', today), how: 'email' }),
  button: 'Record the reminder and keep the letter',
  questions: async (typed, file, context) => {
    const advice = await readAdvice(context, file)
    return (
      <>
        <GovukInsetText>
          {advice ? (
            <>
              {advice.title}: <strong>{advice.adviser}</strong>, asked on {dayInWords(advice.asked_on)}.{' '}
              {advice.chases === 0
                ? 'Not chased yet.'
                : `Chased ${advice.chases} ${advice.chases === 1 ? 'time' : 'times'}, last on ${dayInWords(advice.last_chased_on ?? advice.asked_on)}.`}
            </>
          ) : (
            'This advice request is not on this case. Go back to the case and choose it again.'
          )}
        </GovukInsetText>
        <DateField form={typed} name="chasedOn" label="Date of the reminder" />
        <ChoiceField
          form={typed}
          name="how"
          label="How was it sent?"
          inline
          options={HOW.map((value) => ({ value, text: HOW_SENT[value] }))}
        />
        <LongTextField
          form={typed}
          name="note"
          label="Note for the case (optional, not sent)"
          max={2000}
          hint="What they said, and who has been told."
        />
      </>
    )
  },
  carryOut: async (run, answer) => {
    const { file, trx } = run
    const advice = await findAdvice(trx, file, run.context.params['adviceId'])
    if (!advice)
      return {
        ok: false,
        errors: [
          {
            field: '',
            text: 'This advice request is not on this case. Go back to the case and choose it again.',
          },
        ],
      }
    if (advice.received_on)
      return {
        ok: false,
        errors: [
          {
            field: '',
            text: `This advice came on ${dayInWords(advice.received_on)}, so there is nothing to chase.`,
          },
        ],
      }
    const head = advice.head as AdviceHead
    const recorded = await recordOnCase(run, [
      {
        kind: 'advice_chased',
        on: answer.chasedOn,
        field: 'chasedOn',
        payload: { head, adviser: advice.adviser, note: answer.note },
      },
    ])
    if (!recorded.ok) return recorded
    await trx
      .updateTable('advice_request')
      .set({ chases: sql<number>`chases + 1`, last_chased_on: answer.chasedOn })
      .where('id', '=', advice.id)
      .execute()
    const points = await loadContactPoints(trx, answer.chasedOn)
    const address =
      head === 'medical'
        ? points['health-commissioning-body'].address
        : head === 'social-care'
          ? points['social-care-notices'].address
          : undefined
    await sendLetters(trx, {
      childId: file.child.id,
      processId: file.process.id,
      eventId: recorded.ids[0]!,
      kind: 'advice-chase',
      on: answer.chasedOn,
      how: answer.how,
      by: run.by,
      today: run.today,
      file,
      details: {
        to: head === 'parent' ? 'family' : { name: advice.adviser, address: address ?? null },
        head,
        askedOn: advice.asked_on,
        chase: advice.chases + 1,
      },
    })
    return { ok: true, notice: `Reminder ${advice.chases + 1} to ${advice.adviser} recorded.` }
  },
})

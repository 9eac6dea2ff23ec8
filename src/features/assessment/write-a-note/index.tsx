/** Write a note on the case: no clock turns on it. */
import { z } from 'zod'
import { recordEvent } from '../../../db/case-history/index.ts'
import { date, shortDate } from '../../../law/index.ts'
import { optionalDate, optionalText, plainDate, text } from '../../../platform/forms.ts'
import type { AssessmentStage } from '../../../record/stage.ts'
import { STAGE_LABELS } from '../../../record/stage.ts'
import { DateField, dateParts, LongTextField, TextField } from '../../../ui/fields/index.ts'
import { caseStep } from '../the-case/index.ts'

const form = z
  .object({
    on: plainDate('the date it is about'),
    note: text('Enter the note', { max: 8000 }),
    promise: optionalText({ max: 300 }),
    promisedBy: optionalDate('the day it was promised for'),
  })
  .superRefine((answer, context) => {
    if (answer.promisedBy && !answer.promise)
      context.addIssue({ code: 'custom', path: ['promise'], message: 'Enter what was promised' })
  })

export const routes = caseStep<z.output<typeof form>>({
  slug: 'write-a-note',
  title: () => 'Write a note',
  kinds: ['assessment', 'plan'],
  stages: Object.keys(STAGE_LABELS) as AssessmentStage[],
  schema: form,
  dates: ['on', 'promisedBy'],
  start: (_file, today) => dateParts('on', today),
  button: 'Save the note',
  questions: (typed) => (
    <>
      <p class="govuk-body">
        A note is kept for good and the family may ask to read it. Write what happened, who said it and what
        was agreed. It changes no date: if something happened that the law counts, record that instead.
      </p>
      <DateField form={typed} name="on" label="Date it is about" />
      <LongTextField form={typed} name="note" label="Note" max={8000} rows={8} />
      <TextField
        form={typed}
        name="promise"
        label="Did we promise anything? (optional)"
        hint="Shown at the top of the case until it is kept."
        width={30}
      />
      <DateField form={typed} name="promisedBy" label="By which day? (optional)" />
    </>
  ),
  carryOut: async (run, answer) => {
    if (answer.on > run.today)
      return {
        ok: false,
        errors: [{ field: 'on', text: `The date must be ${shortDate(date(run.today))} or earlier` }],
      }
    await recordEvent(run.trx, {
      childId: run.file.child.id,
      processId: run.file.process.id,
      kind: 'note_added',
      on: answer.on,
      today: run.today,
      by: run.by,
      payload: { note: answer.note, promise: answer.promise, promisedBy: answer.promisedBy },
    })
    return { ok: true, notice: 'Note saved.' }
  },
})

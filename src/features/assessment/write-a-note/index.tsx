/** Write a note on the case: no clock turns on it. */
import { z } from 'zod'
import { recordEvent } from '../../../db/case-history/index.ts'
import { date, shortDate } from '../../../law/index.ts'
import { plainDate, text } from '../../../platform/forms.ts'
import type { AssessmentStage } from '../../../record/stage.ts'
import { STAGE_LABELS } from '../../../record/stage.ts'
import { DateField, dateParts, LongTextField } from '../../../ui/fields/index.ts'
import { caseStep } from '../the-case/index.ts'

const form = z.object({ on: plainDate('the date it is about'), note: text('Enter the note', { max: 8000 }) })

export const routes = caseStep<z.output<typeof form>>({
  slug: 'write-a-note',
  title: () => 'Write a note',
  stages: Object.keys(STAGE_LABELS) as AssessmentStage[],
  schema: form,
  dates: ['on'],
  start: (_file, today) => dateParts('on', today),
  button: 'Save the note',
  questions: (typed) => (
    <>
      <p class="govuk-body">A note is kept for good and the family may ask to read it. Write what happened, who said it and what was agreed. It changes no date: if something happened that the law counts, record that instead.</p>
      <DateField form={typed} name="on" label="Date it is about" />
      <LongTextField form={typed} name="note" label="Note" max={8000} rows={8} />
    </>
  ),
  carryOut: async (run, answer) => {
    if (answer.on > run.today) return { ok: false, errors: [{ field: 'on', text: `The date must be ${shortDate(date(run.today))} or earlier` }] }
    await recordEvent(run.trx, { childId: run.file.child.id, processId: run.file.process.id, kind: 'note_added', on: answer.on, today: run.today, by: run.by, payload: { note: answer.note } })
    return { ok: true, notice: 'Note saved.' }
  },
})

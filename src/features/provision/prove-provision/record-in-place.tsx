import { z } from 'zod'
import { plainDate, text } from '../../../platform/forms.ts'
import { DateField, LongTextField } from '../../../ui/fields/index.ts'
import { GovukInsetText } from '../../../ui/govuk/index.ts'
import { caseStep, recordOnCase } from '../../assessment/the-case/index.ts'

const form = z.object({
  on: plainDate('the day the last of it was in place'),
  words: text('Enter how you know: who said so and where the evidence is', { max: 2000 }),
})

/** For a plan that is not held as data: staff say on which day all its provision was in place. Otherwise its lines say it. */
export const inPlaceRoutes = caseStep<z.output<typeof form>>({
  slug: 'record-provision-in-place',
  title: () => 'Record that the provision is in place',
  kinds: ['assessment', 'plan'],
  // Of an assessment at no stage: it is a fact of the plan that came of it.
  stages: [],
  schema: form,
  dates: ['on'],
  button: 'Record it',
  questions: (typed) => (
    <>
      <GovukInsetText text="Everything in sections F and G must be in place from the day the plan is final (Children and Families Act 2014, s.42). Record this only when all of it is." />
      <DateField
        form={typed}
        name="on"
        label="On which day was the last of it in place?"
        hint="It may be late: use the true date."
      />
      <LongTextField form={typed} name="words" label="How do you know?" max={2000} />
    </>
  ),
  carryOut: async (run, { on, words }) => {
    const held = await run.trx
      .selectFrom('provision_line')
      .select('line_id')
      .where('child_id', '=', run.file.child.id)
      .where('state', '<>', 'ended')
      .executeTakeFirst()
    if (held)
      return {
        ok: false,
        errors: [
          {
            field: '',
            text: 'This plan is held line by line: say of each line that it is in place, and the plan follows',
          },
        ],
      }
    const recorded = await recordOnCase(run, [{ kind: 'provision_started', on, field: 'on', why: words }])
    return recorded.ok ? { ok: true, notice: 'Recorded: the provision of the plan is in place.' } : recorded
  },
})

/** What somebody tells the council by phone, in person or by post, written down for them and recorded as theirs. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { date, longDate } from '../../../law/index.ts'
import { choice, optionalText, text, yesOrNo } from '../../../platform/forms.ts'
import type { Route } from '../../../platform/routes.ts'
import type { AssessmentStage } from '../../../record/stage.ts'
import {
  ChoiceField,
  LongTextField,
  SelectField,
  TextField,
  type TypedForm,
} from '../../../ui/fields/index.ts'
import { GovukInsetText } from '../../../ui/govuk/index.ts'
import { type CaseFile, caseStep, type StepResult, type StepRun } from '../../assessment/the-case/index.ts'
import { relationshipWords } from '../../children/the-child/index.ts'
import {
  findServedDraft,
  holdResponse,
  keepComments,
  SECTION_IDS,
  SECTIONS,
  type Section,
  sendResponse,
} from '../../family/comment-on-the-draft/index.ts'
import { keepView, sendView, TOLD_HOW } from '../../family/give-views/index.ts'
import { MESSAGE_LIMIT, openThread, sayToCouncil } from '../../family/write-to-us/index.ts'

const OPEN: readonly AssessmentStage[] = [
  'deciding-whether-to-assess',
  'gathering-advice',
  'deciding-whether-to-issue',
  'drafting',
  'with-family',
  'finalising',
]
const WAYS = ['phone', 'in-person', 'post', 'email', 'other'] as const
const who = {
  from: text('Choose who told you'),
  how: choice(WAYS, 'Choose how they told you'),
}

function WhoTold({ form, file }: { readonly form: TypedForm; readonly file: CaseFile }) {
  return (
    <>
      <SelectField
        form={form}
        name="from"
        label="Who told you?"
        empty="Choose"
        options={file.contacts.map((contact) => ({
          value: contact.id,
          text: `${contact.name} (${relationshipWords(contact.relationship)})${contact.restricted ? ', restricted' : ''}`,
        }))}
      />
      <ChoiceField
        form={form}
        name="how"
        label="How did they tell you?"
        options={WAYS.map((value) => ({ value, text: TOLD_HOW[value] }))}
      />
    </>
  )
}

const refuse = (field: string, words: string): StepResult => ({ ok: false, errors: [{ field, text: words }] })
const toldBy = (run: StepRun, id: string) => run.file.contacts.find((contact) => contact.id === id)

const views = z.object({
  ...who,
  whose: choice(['parent', 'child'], 'Choose whose views they are'),
  words: text('Write down what they said', { max: 20_000 }),
  howChecked: text('Enter how you checked with them that it is right', { max: 500 }),
})

const takeDownViews = caseStep<z.output<typeof views>>({
  slug: 'take-down-views',
  title: () => 'Write down somebody’s views',
  stages: OPEN,
  schema: views,
  button: 'Record these views',
  start: () => ({ how: 'phone' }),
  questions: (form, file) => (
    <>
      <WhoTold form={form} file={file} />
      <ChoiceField
        form={form}
        name="whose"
        label="Whose views are they?"
        options={[
          { value: 'parent', text: 'Their own, as a parent or carer' },
          { value: 'child', text: `${file.child.givenName}’s own` },
        ]}
      />
      <LongTextField form={form} name="words" label="What they said, in their words" max={20_000} rows={8} />
      <TextField
        form={form}
        name="howChecked"
        label="How did you check it was right?"
        hint="For example, you read it back to them"
      />
    </>
  ),
  carryOut: async (run, answer) => {
    const contact = toldBy(run, answer.from)
    if (!contact) return refuse('from', 'Choose who told you')
    const view = {
      childId: run.file.child.id,
      processId: run.file.process.id,
      accountId: run.by,
      contactId: contact.id,
      whose: answer.whose,
      given: {
        words: answer.words,
        writtenBy: 'somebody-else' as const,
        writer: run.byName,
        howChecked: answer.howChecked,
      },
      behalf: { name: contact.name, how: answer.how },
    }
    const id = await keepView(run.trx, view, undefined)
    await sendView(run.trx, { ...view, id, today: run.today })
    return {
      ok: true,
      notice: 'The views are recorded, and that you wrote them down.',
      redirect: `/staff/cases/${run.file.process.id}/family`,
    }
  },
})

const comments = z.object({
  ...who,
  section: z.string().optional(),
  paragraph: z.string().optional(),
  stance: z.preprocess(
    (typed) => (typed === '' ? undefined : typed),
    z.enum(['agree', 'change', 'missing', 'question']).optional(),
  ),
  words: optionalText({ max: 4000 }),
  general: optionalText({ max: 20_000 }),
  wantsMeeting: yesOrNo('Choose whether they want to meet'),
})

const takeDownComments = caseStep<z.output<typeof comments>>({
  slug: 'take-down-comments',
  title: () => 'Write down what somebody says of the draft',
  stages: ['with-family', 'finalising'],
  schema: comments,
  button: 'Record what they said',
  start: () => ({ how: 'phone', wantsMeeting: 'no' }),
  questions: (form, file) => (
    <>
      <WhoTold form={form} file={file} />
      <SelectField
        form={form}
        name="section"
        label="Which part of the draft? (optional)"
        empty="No one part"
        options={SECTION_IDS.map((id) => ({ value: id, text: `${id}. ${SECTIONS[id]}` }))}
      />
      <TextField form={form} name="paragraph" label="Paragraph number (optional)" width={3} />
      <ChoiceField
        form={form}
        name="stance"
        label="What do they say of that part?"
        options={[
          { value: 'agree', text: 'They agree' },
          { value: 'change', text: 'Change it' },
          { value: 'missing', text: 'Something is missing' },
          { value: 'question', text: 'A question' },
        ]}
      />
      <LongTextField form={form} name="words" label="Their words about that part" max={4000} rows={3} />
      <LongTextField
        form={form}
        name="general"
        label="Anything else they said (optional)"
        max={20_000}
        rows={4}
      />
      <ChoiceField
        form={form}
        name="wantsMeeting"
        label="Do they want to meet?"
        inline
        options={[
          { value: 'yes', text: 'Yes' },
          { value: 'no', text: 'No' },
        ]}
      />
    </>
  ),
  carryOut: async (run, answer) => {
    const contact = toldBy(run, answer.from)
    if (!contact) return refuse('from', 'Choose who told you')
    const draft = await findServedDraft(run.trx, run.file.child.id)
    if (draft?.processId !== run.file.process.id) return refuse('', 'No draft has been sent on this case')
    const section = SECTION_IDS.find((id) => id === answer.section) as Section | undefined
    if (!section && !answer.general && !answer.wantsMeeting)
      return refuse('section', 'Enter at least one thing they said')
    if (section && !answer.stance) return refuse('stance', 'Choose what they say of that part')
    if (section && answer.stance !== 'agree' && !answer.words)
      return refuse('words', 'Write down their words')
    const number = answer.paragraph?.trim() ?? ''
    const paragraph = draft.paragraphs.find((one) => String(one.number) === number)
    if (number !== '' && (!paragraph || paragraph.section !== section))
      return refuse('paragraph', 'Enter the number of a paragraph in that part, or leave it empty')
    const speaker = {
      childId: run.file.child.id,
      accountId: run.by,
      contactId: contact.id,
      draft,
      behalf: { name: contact.name, how: answer.how },
    }
    const held = await holdResponse(run.trx, speaker)
    if (section)
      await keepComments(run.trx, speaker, held, section, [
        { paragraphId: paragraph?.id ?? null, stance: answer.stance!, words: answer.words ?? '' },
      ])
    await run.trx
      .updateTable('draft_response')
      .set({ general: answer.general ?? '', wants_meeting: answer.wantsMeeting })
      .where('id', '=', held.id)
      .execute()
    await sendResponse(run.trx, speaker, { ...held, wantsMeeting: answer.wantsMeeting }, run.today)
    return {
      ok: true,
      notice: 'What they said is recorded. Each comment needs an answer.',
      redirect: `/staff/cases/${run.file.process.id}/family`,
    }
  },
})

const message = z.object({
  ...who,
  subject: text('Enter what it is about, in a few words', { max: 120 }),
  words: text('Write down what they asked', { max: MESSAGE_LIMIT }),
})

const takeDownMessage = caseStep<z.output<typeof message>>({
  slug: 'take-down-a-message',
  title: () => 'Write down a message',
  kinds: ['assessment', 'plan'],
  stages: [...OPEN, 'plan-issued', 'not-assessed', 'no-plan', 'withdrawn', 'closed'],
  schema: message,
  button: 'Record the message',
  start: () => ({ how: 'phone' }),
  questions: (form, file) => (
    <>
      <p class="govuk-body">
        It is promised an answer as any message is, and waits on the list until it has one.
      </p>
      <WhoTold form={form} file={file} />
      <TextField form={form} name="subject" label="What is it about?" />
      <LongTextField form={form} name="words" label="What they asked" max={MESSAGE_LIMIT} rows={6} />
    </>
  ),
  carryOut: async (run, answer) => {
    const contact = toldBy(run, answer.from)
    if (!contact) return refuse('from', 'Choose who told you')
    if (contact.restricted)
      return refuse(
        'from',
        `Contact with ${contact.name} is barred, so no answer can be promised to them. Write a note instead`,
      )
    const taken = {
      threadId: randomUUID(),
      childId: run.file.child.id,
      processId: run.file.process.id,
      accountId: run.by,
      contactId: contact.id,
      words: answer.words,
      today: run.today,
      behalf: { name: contact.name, how: answer.how },
    }
    await openThread(run.trx, taken, answer.subject)
    const promised = await sayToCouncil(run.trx, taken)
    return {
      ok: true,
      notice: `The message is recorded. Tell them: we answer by ${longDate(date(promised))}.`,
      redirect: `/staff/messages/${taken.threadId}`,
    }
  },
})

const draftForm = z.object(
  Object.fromEntries(SECTION_IDS.map((id) => [`section${id}`, optionalText({ max: 60_000 })])) as Record<
    `section${Section}`,
    ReturnType<typeof optionalText>
  >,
)

/** Paragraphs as they were typed: a line that is not empty is one. */
const paragraphsOf = (words: string): readonly string[] =>
  words
    .split(/\n+/)
    .map((line) => line.trim())
    .filter(Boolean)

const keepTheDraft = caseStep<z.output<typeof draftForm>>({
  slug: 'keep-the-draft',
  title: () => 'Put in the words of the draft',
  stages: ['with-family', 'finalising'],
  schema: draftForm,
  button: 'Number the paragraphs',
  questions: (form, file) => (
    <>
      <GovukInsetText>
        Copy each part from the draft that was sent, word for word. Each line becomes a numbered paragraph
        that the family can answer. It can be done once for a draft: what people comment on must not move.
      </GovukInsetText>
      {SECTION_IDS.map((id) => (
        <LongTextField
          key={id}
          form={form}
          name={`section${id}`}
          label={`${id}. ${SECTIONS[id]}`}
          max={60_000}
          rows={3}
        />
      ))}
      <p class="govuk-hint">{file.child.givenName}’s family sees it as soon as it is kept.</p>
    </>
  ),
  carryOut: async (run, answer) => {
    const draft = await findServedDraft(run.trx, run.file.child.id)
    if (draft?.processId !== run.file.process.id) return refuse('', 'No draft has been sent on this case')
    if (draft.paragraphs.length > 0)
      return refuse('', 'The words of this draft are kept already. A further draft gets its own')
    const rows = SECTION_IDS.flatMap((id) =>
      paragraphsOf(answer[`section${id}`] ?? '').map((words) => ({ section: id as string, words })),
    )
    if (rows.length === 0) return refuse('sectionA', 'Put in the words of at least one part')
    if (rows.length > 1000)
      return refuse('sectionA', 'There are more than 1,000 lines: join lines that are one paragraph')
    await run.trx
      .insertInto('draft_paragraph')
      .values(
        rows.map((row, index) => ({
          ...row,
          number: index + 1,
          child_id: run.file.child.id,
          process_id: run.file.process.id,
          draft_event: draft.event,
        })),
      )
      .execute()
    return {
      ok: true,
      notice: `${rows.length} paragraphs are numbered, and the family can comment on each.`,
      redirect: `/staff/cases/${run.file.process.id}/family`,
    }
  },
})

export const takeDownRoutes: readonly Route[] = [
  ...takeDownViews,
  ...takeDownComments,
  ...takeDownMessage,
  ...keepTheDraft,
]

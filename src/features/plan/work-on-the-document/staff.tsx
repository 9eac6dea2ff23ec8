import { randomUUID } from 'node:crypto'
import { parseForm } from '../../../platform/forms.ts'
import {
  type Answer,
  type CommandResult,
  type Context,
  caseReaders,
  caseworkers,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { isFinal, type PlanSection, VERSION_KINDS } from '../../../record/plan/index.ts'
import { ChoiceField, DateField, freshForm, TextField, type TypedForm } from '../../../ui/fields/index.ts'
import { GovukButton, GovukWarningText } from '../../../ui/govuk/index.ts'
import { dayInWords, FormPage, HiddenFields } from '../../../ui/parts/index.ts'
import { findPlan, loadTemplate, loadVersion, loadVersions } from '../the-plan/index.ts'
import { beginWorking, holdWorking, makeVersion, takeIntoPlan, tellChanged } from './commands.ts'
import { doParagraph } from './do-paragraph.ts'
import { beginForm, stateOf, takeForm } from './form.ts'
import {
  findSentVersions,
  findWorkingId,
  loadWorking,
  type SentVersion,
  type WorkingDocument,
} from './load.ts'
import { ENDED, ParagraphPage, WorkingPage, type WorkingPlace } from './pages.tsx'
import { toWord } from './to-word.ts'

const MISSING: Answer = { missing: true }
const readers = { who: 'roles', roles: caseReaders } as const
const writers = { who: 'roles', roles: caseworkers } as const
const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

export const workingAddress = (documentId: string, more = ''): string =>
  `/staff/working-documents/${documentId}${more}`

const placeOf = (context: Context, documentId: string): WorkingPlace => ({
  base: workingAddress(documentId),
  party: 'authority',
  isStaff: true,
  mayAct: caseworkers.includes(viewerOf(context).role),
  csrfToken: context.csrfToken,
  today: context.today,
})
const byOf = (context: Context) => ({ accountId: viewerOf(context).accountId, today: context.today })
const statusOf = (form: TypedForm) => ({
  hasErrors: form.errors.length > 0,
  status: form.errors.length > 0 ? 422 : 200,
})
const typedForm = (context: Context, errors: TypedForm['errors']): TypedForm => ({
  ...freshForm(context.form),
  errors,
})

// Beginning one.

async function askToBegin(context: Context, form: TypedForm): Promise<Answer> {
  const planId = context.params['planId'] ?? ''
  if (!isId(planId)) return MISSING
  const found = await context.read('a working document to begin', async (trx, saw) => {
    const plan = await findPlan(trx, planId)
    if (!plan) return undefined
    saw(plan.child.id)
    const versions = await loadVersions(trx, plan.child.id)
    return {
      plan,
      working: await findWorkingId(trx, { planId }),
      finals: versions.filter((one) => one.planId === plan.id && isFinal(one.kind)),
    }
  })
  if (!found) return MISSING
  const { plan, working, finals } = found
  if (working && form.errors.length === 0) return { redirect: workingAddress(working) }
  return {
    page: {
      title: `Working document: ${plan.child.name}`,
      backLink: { href: `/staff/plans/${plan.id}`, text: 'The plan' },
      ...statusOf(form),
      main: (
        <FormPage
          title="Begin a working document"
          caption={`${plan.child.name}, born ${dayInWords(plan.child.bornOn)}`}
          errors={form.errors}
          csrfToken={context.csrfToken}
          idempotencyKey={randomUUID()}
          button="Begin it"
          cancel={{ text: 'Back to the plan', href: `/staff/plans/${plan.id}` }}
          before={
            <p class="govuk-body">
              When there is an appeal about what a plan says, both sides propose changes on a copy of the
              final plan. The family can read it, and ask for changes, as soon as it is begun.
            </p>
          }
        >
          {finals.length === 0 ? (
            <p class="govuk-body">
              There is no final plan yet: an appeal about contents is against a final plan.
            </p>
          ) : (
            <ChoiceField
              form={form}
              name="version"
              label="Which plan is appealed?"
              options={finals.map((one) => ({
                value: one.id,
                text: `${VERSION_KINDS[one.kind]} of ${dayInWords(one.sentOn ?? one.frozenOn)}`,
              }))}
            />
          )}
          <TextField form={form} name="appealNumber" label="Appeal number (optional)" width={20} />
        </FormPage>
      ),
    },
  }
}

async function begin(context: Context): Promise<Answer> {
  const parsed = parseForm(beginForm, context.form)
  if (!parsed.ok) return askToBegin(context, typedForm(context, parsed.errors))
  const planId = context.params['planId'] ?? ''
  if (!isId(planId) || !isId(parsed.value.version)) return MISSING
  const result = await context.command(
    'began a working document',
    async (trx, changed): Promise<CommandResult> => {
      const plan = await findPlan(trx, planId, { forUpdate: true })
      const version = plan && (await loadVersion(trx, parsed.value.version))
      if (!plan || !version || version.planId !== plan.id || !isFinal(version.kind))
        return { ok: false, errors: [{ field: 'version', text: 'Choose a final plan of this child' }] }
      const before = await findWorkingId(trx, { planId })
      const held = before && (await loadWorking(trx, before))
      if (held && held.endedOn === null)
        return { ok: true, redirect: workingAddress(held.id), notice: 'It was begun already.' }
      const about = { id: plan.id, processId: plan.processId, childId: plan.child.id }
      const id = await beginWorking(trx, about, version, parsed.value.appealNumber ?? '', byOf(context))
      changed(plan.child.id)
      return { ok: true, redirect: workingAddress(id), notice: 'Begun. The family can read it now.' }
    },
  )
  return result.ok ? result : askToBegin(context, typedForm(context, result.errors))
}

// Reading it and working on it.

const read = (context: Context) =>
  context.read('a working document', async (trx, saw) => {
    const id = context.params['document'] ?? ''
    const working = isId(id) ? await loadWorking(trx, id) : undefined
    if (!working) return undefined
    saw(working.childId)
    const template = await loadTemplate(trx, working.templateId)
    return {
      working,
      versions: await findSentVersions(trx, working.id),
      headings: (section: PlanSection) =>
        template.sections.find((one) => one.id === section)?.heading ?? `Section ${section}`,
    }
  })

async function whole(context: Context): Promise<Answer> {
  const found = await read(context)
  if (!found) return MISSING
  const { working, versions, headings } = found
  const place = placeOf(context, working.id)
  return {
    page: {
      title: `Working document: ${working.childName}`,
      backLink: { href: `/staff/plans/${working.planId}`, text: 'The plan' },
      main: (
        <WorkingPage
          working={working}
          place={place}
          headings={headings}
          onlyChanged={context.query['show'] === 'changed'}
          title="Working document"
          intro={
            <p class="govuk-body">
              A copy of the final plan of {working.finalOn ? dayInWords(working.finalOn) : 'an earlier day'},
              on which both sides propose changes. It changes no plan by itself: the tribunal’s order does, or
              the council amending the plan.
            </p>
          }
          after={<InWord working={working} versions={versions} place={place} />}
        />
      ),
    },
  }
}

function InWord({
  working,
  versions,
  place,
}: {
  readonly working: WorkingDocument
  readonly versions: readonly SentVersion[]
  readonly place: WorkingPlace
}) {
  return (
    <>
      <h2 class="govuk-heading-m">In Word</h2>
      {versions.length > 0 ? (
        <ul class="govuk-list govuk-list--bullet">
          {versions.map((version) => (
            <li>
              <a class="govuk-link" href={`${place.base}/versions/${version.number}/working-document.docx`}>
                Version {version.number}, {dayInWords(version.on)}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
      {place.mayAct && !working.endedOn ? (
        <>
          <form method="post" action={`${place.base}/versions`}>
            <HiddenFields csrfToken={place.csrfToken} idempotencyKey={randomUUID()} />
            <GovukButton text="Make a version to send" classes="govuk-button--secondary" preventDoubleClick />
          </form>
          <ul class="govuk-list">
            {versions.length > 0 ? (
              <li>
                <a class="govuk-link" href={`${place.base}/returns`}>
                  A copy came back in Word
                </a>
              </li>
            ) : null}
            <li>
              <a class="govuk-link" href={`${place.base}/take`}>
                Take what is agreed into the plan, and close
              </a>
            </li>
          </ul>
        </>
      ) : null}
    </>
  )
}

async function showParagraph(context: Context, form: TypedForm): Promise<Answer> {
  const found = await read(context)
  const paragraph = found?.working.paragraphs.find((one) => String(one.number) === context.params['number'])
  if (!found || !paragraph) return MISSING
  const { working } = found
  return {
    page: {
      title: `Paragraph ${paragraph.number}: ${working.childName}`,
      backLink: {
        href: `${workingAddress(working.id)}#paragraph-${paragraph.number}`,
        text: 'Working document',
      },
      ...statusOf(form),
      main: (
        <ParagraphPage
          working={working}
          paragraph={paragraph}
          place={placeOf(context, working.id)}
          form={form}
          was={stateOf(paragraph)}
        />
      ),
    },
  }
}

async function postParagraph(context: Context): Promise<Answer> {
  const documentId = context.params['document'] ?? ''
  if (!isId(documentId)) return MISSING
  const result = await doParagraph(context, {
    documentId,
    number: Number(context.params['number']),
    base: workingAddress(documentId),
    party: 'authority',
  })
  return result.ok ? result : showParagraph(context, typedForm(context, result.errors))
}

// To Word.

async function make(context: Context): Promise<Answer> {
  const id = context.params['document'] ?? ''
  if (!isId(id)) return MISSING
  const result = await context.command('made a version of a working document', async (trx, changed) => {
    const working = await holdWorking(trx, id)
    if (!working) return { ok: false, errors: [] }
    if (working.endedOn) return { ok: true, redirect: workingAddress(id), notice: 'It is closed.' }
    const number = await makeVersion(trx, working, byOf(context))
    changed(working.childId)
    return { ok: true, redirect: workingAddress(id), notice: `Version ${number} is ready to send.` }
  })
  return result.ok ? result : MISSING
}

async function word(context: Context): Promise<Answer> {
  const id = context.params['document'] ?? ''
  const number = Number(context.params['number'])
  if (!isId(id)) return MISSING
  const found = await context.read('a working document in Word', async (trx, saw) => {
    const version = (await findSentVersions(trx, id)).find((one) => one.number === number)
    const working = version && (await loadWorking(trx, id, version))
    if (!working || !version) return undefined
    saw(working.childId)
    return { version, working, template: await loadTemplate(trx, working.templateId) }
  })
  if (!found) return MISSING
  const { working, version, template } = found
  return {
    file: {
      name: `working-document-version-${version.number}.docx`,
      type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      body: await toWord({
        id: working.id,
        number: version.number,
        on: version.on,
        childName: working.childName,
        bornOn: working.childBornOn,
        appealNumber: working.appealNumber,
        headings: Object.fromEntries(template.sections.map((section) => [section.id, section.heading])),
        paragraphs: working.paragraphs,
      }),
    },
  }
}

// Taking it into the plan.

async function askToTake(context: Context, form: TypedForm): Promise<Answer> {
  const found = await read(context)
  if (!found || found.working.endedOn) return MISSING
  const { working } = found
  const count = working.paragraphs.filter((one) =>
    one.changes.some((change) => change.state === 'agreed'),
  ).length
  return {
    page: {
      title: `Take into the plan: ${working.childName}`,
      backLink: { href: workingAddress(working.id), text: 'Working document' },
      ...statusOf(form),
      main: (
        <FormPage
          title="Take what is agreed into the plan"
          caption={working.childName}
          errors={form.errors}
          errorTargets={{ on: 'on-day' }}
          csrfToken={context.csrfToken}
          idempotencyKey={randomUUID()}
          button="Take it into the plan, and close"
          cancel={{ text: 'Back to the working document', href: workingAddress(working.id) }}
          before={
            <>
              <p class="govuk-body">
                {count === 1 ? '1 paragraph has' : `${count} paragraphs have`} agreed changes. They are
                written into the plan being kept, part by part. The amended plan is then checked, made final
                and sent.
              </p>
              <GovukWarningText
                text="Agreement alone does not change the plan. Where the tribunal has ordered changes, mark what it ordered as agreed first, and follow the order to the letter."
                iconFallbackText="Warning"
              />
            </>
          }
        >
          <ChoiceField
            form={form}
            name="ground"
            label="What lets the plan be changed?"
            options={[
              {
                value: 'ordered',
                text: 'The tribunal ordered it',
                hint: 'How long there is runs from the order: SEND Regulations 2014, reg 44',
              },
              {
                value: 'consent-order',
                text: 'The tribunal made an order both sides asked for',
                hint: 'Tribunal Procedure (First-tier Tribunal) (Health, Education and Social Care Chamber) Rules 2008, rule 29',
              },
              { value: 'conceded', text: 'The council does not oppose the appeal' },
              {
                value: 'withdrawn',
                text: 'The appeal was withdrawn, and the council amends the plan as agreed',
              },
            ]}
          />
          <DateField form={form} name="on" label="Date of the order, or of the decision" />
        </FormPage>
      ),
    },
  }
}

async function take(context: Context): Promise<Answer> {
  const parsed = parseForm(takeForm, context.form)
  if (!parsed.ok) return askToTake(context, typedForm(context, parsed.errors))
  const id = context.params['document'] ?? ''
  if (!isId(id)) return MISSING
  const { ground, on } = parsed.value
  const by = byOf(context)
  const result = await context.command(
    'took a working document into the plan',
    async (trx, changed): Promise<CommandResult> => {
      const working = await holdWorking(trx, id)
      if (!working || working.endedOn)
        return { ok: false, errors: [{ field: '', text: 'It is closed already' }] }
      if (on > by.today)
        return { ok: false, errors: [{ field: 'on', text: 'The date must be today or earlier' }] }
      changed(working.childId)
      const why = `${ENDED[ground]}, ${dayInWords(on)}`
      const { taken, left } = await takeIntoPlan(trx, working, why, by)
      if (left.length > 0)
        return {
          ok: false,
          errors: [
            {
              field: '',
              text: `Nothing was taken. The plan has changed since this was begun, in paragraph ${left.join(', ')}: make those changes in the plan by hand, or put its words back, then do this again`,
            },
          ],
        }
      await trx
        .updateTable('working_document')
        .set({ ended_on: by.today, ended_why: ground })
        .where('id', '=', working.id)
        .execute()
      await tellChanged(trx, working, { ended: ground, on }, by)
      return {
        ok: true,
        redirect: `/staff/plans/${working.planId}`,
        notice: `${taken === 1 ? '1 paragraph was' : `${taken} paragraphs were`} taken into the plan. It is not final until it is sent.`,
      }
    },
  )
  return result.ok ? result : askToTake(context, typedForm(context, result.errors))
}

const route = (
  method: Route['method'],
  url: string,
  access: Route['access'],
  handle: Route['handle'],
): Route => ({ method, url, access, touches: 'children', handle })
const ONE = '/staff/working-documents/:document'

export const staffRoutes: readonly Route[] = [
  route('GET', '/staff/plans/:planId/working-document', readers, (context) =>
    askToBegin(context, freshForm()),
  ),
  route('POST', '/staff/plans/:planId/working-document', writers, begin),
  route('GET', ONE, readers, whole),
  route('GET', `${ONE}/paragraphs/:number`, readers, (context) => showParagraph(context, freshForm())),
  route('POST', `${ONE}/paragraphs/:number`, writers, postParagraph),
  route('POST', `${ONE}/versions`, writers, make),
  route('GET', `${ONE}/versions/:number/working-document.docx`, readers, word),
  route('GET', `${ONE}/take`, writers, (context) => askToTake(context, freshForm())),
  route('POST', `${ONE}/take`, writers, take),
]

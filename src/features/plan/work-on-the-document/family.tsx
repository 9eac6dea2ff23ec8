import type { Trx } from '../../../db/viewer.ts'
import { type Answer, type Context, type Route, viewerOf } from '../../../platform/routes.ts'
import { SECTION_RULES } from '../../../record/plan/index.ts'
import { freshForm, type TypedForm } from '../../../ui/fields/index.ts'
import { family, loadMyChild } from '../../family/my-child/index.ts'
import { doParagraph } from './do-paragraph.ts'
import { stateOf } from './form.ts'
import { findWorkingId, loadWorking } from './load.ts'
import { ParagraphPage, WorkingPage, type WorkingPlace } from './pages.tsx'

const baseOf = (childId: string): string => `/family/children/${childId}/working-document`
const placeOf = (context: Context, childId: string): WorkingPlace => ({
  base: baseOf(childId),
  party: 'family',
  isStaff: false,
  mayAct: true,
  csrfToken: context.csrfToken,
  today: context.today,
})

async function load(trx: Trx, context: Context) {
  const child = await loadMyChild(trx, context.params['child'] ?? '', viewerOf(context).accountId)
  if (!child) return undefined
  const id = await findWorkingId(trx, { childId: child.id })
  return { child, working: id ? await loadWorking(trx, id) : undefined }
}

const read = (context: Context) =>
  context.read('family: the working document', async (trx, saw) => {
    const found = await load(trx, context)
    if (found) saw(found.child.id)
    return found
  })

async function whole(context: Context): Promise<Answer> {
  const found = await read(context)
  if (!found) return { missing: true }
  const { child, working } = found
  const backLink = { href: `/family/children/${child.id}/plan`, text: 'The plan' }
  const title = 'The plan, as each side would have it'
  return {
    page: {
      title,
      backLink,
      main: working ? (
        <WorkingPage
          working={working}
          place={placeOf(context, child.id)}
          headings={(section) => `${section}. ${SECTION_RULES[section].title}`}
          onlyChanged={context.query['show'] === 'changed'}
          title={title}
          intro={
            <>
              <p class="govuk-body">
                This is a copy of the plan for your appeal. You can ask for changes here. So can the council.
                You each say if you agree.
              </p>
              <p class="govuk-body">
                Nothing here changes the plan by itself. The plan changes when the tribunal says so, or when
                we change it.
              </p>
            </>
          }
        />
      ) : (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <h1 class="govuk-heading-l">{title}</h1>
            <p class="govuk-body">There is none yet. We make one if you appeal about what the plan says.</p>
          </div>
        </div>
      ),
    },
  }
}

async function showParagraph(context: Context, form: TypedForm): Promise<Answer> {
  const found = await read(context)
  const paragraph = found?.working?.paragraphs.find((one) => String(one.number) === context.params['number'])
  if (!found?.working || !paragraph) return { missing: true }
  const place = placeOf(context, found.child.id)
  return {
    page: {
      title: `Paragraph ${paragraph.number} of the plan`,
      backLink: { href: `${place.base}#paragraph-${paragraph.number}`, text: 'The whole plan' },
      hasErrors: form.errors.length > 0,
      status: form.errors.length > 0 ? 422 : 200,
      main: (
        <ParagraphPage
          working={found.working}
          paragraph={paragraph}
          place={place}
          form={form}
          was={stateOf(paragraph)}
        />
      ),
    },
  }
}

async function post(context: Context): Promise<Answer> {
  const found = await read(context)
  if (!found?.working) return { missing: true }
  const result = await doParagraph(context, {
    documentId: found.working.id,
    number: Number(context.params['number']),
    base: baseOf(found.child.id),
    party: 'family',
  })
  return result.ok ? result : showParagraph(context, { ...freshForm(context.form), errors: result.errors })
}

const BASE = '/family/children/:child/working-document'
export const familyRoutes: readonly Route[] = [
  { method: 'GET', url: BASE, access: family, touches: 'children', handle: whole },
  {
    method: 'GET',
    url: `${BASE}/paragraphs/:number`,
    access: family,
    touches: 'children',
    handle: (context) => showParagraph(context, freshForm()),
  },
  { method: 'POST', url: `${BASE}/paragraphs/:number`, access: family, touches: 'children', handle: post },
]

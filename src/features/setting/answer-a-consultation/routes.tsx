import { parseForm } from '../../../platform/forms.ts'
import { type Answer, type Context, type Route, viewerOf } from '../../../platform/routes.ts'
import type { TypedForm } from '../../../ui/fields/index.ts'
import { typedForm } from '../../assessment/the-case/index.ts'
import { findSentPapers } from '../../placement/read-consultation-papers/index.tsx'
import { isUuid, settingAccess, speaksForSetting } from '../the-setting/index.ts'
import { answerConsultation } from './command.ts'
import { answerForm } from './form.ts'
import { ConsultationPage, startOf } from './page.tsx'
import { findConsultations, findDraft, findSent } from './queries.ts'

const URL = '/setting/consultations/:id'

async function page(context: Context, typed?: TypedForm): Promise<Answer> {
  const { id } = context.params
  if (!isUuid(id)) return { missing: true }
  const viewer = viewerOf(context)
  const read = await context.read('consultation of a setting', async (trx, saw) => {
    const consultation = (await findConsultations(trx, { id }))[0]
    if (!consultation) return undefined
    saw(consultation.child_id)
    return {
      consultation,
      draft: await findDraft(trx, consultation),
      sent: consultation.replied_on === null ? undefined : await findSent(trx, consultation),
      papers: await findSentPapers(trx, consultation.id),
    }
  })
  if (!read) return { missing: true }
  const form = typed ?? startOf(read.draft, [viewer.name, viewer.jobTitle].filter(Boolean).join(', '))
  const hasErrors = form.errors.length > 0
  return {
    page: {
      title: read.consultation.replied_on === null ? 'Answer the consultation' : 'Consultation: answered',
      backLink: { href: '/setting', text: 'Our tasks' },
      hasErrors,
      status: hasErrors ? 422 : 200,
      main: (
        <ConsultationPage
          consultation={read.consultation}
          sent={read.sent}
          papers={read.papers}
          form={form}
          maySend={speaksForSetting(viewer)}
          today={context.today}
          csrfToken={viewer.csrfToken}
        />
      ),
    },
  }
}

async function post(context: Context): Promise<Answer> {
  const id = context.params['id'] ?? ''
  if (!isUuid(id)) return { missing: true }
  const viewer = viewerOf(context)
  const parsed = parseForm(answerForm, context.form, { grounds: context.formAll('grounds') })
  if (!parsed.ok) return page(context, typedForm(context, parsed.errors))
  let missing = false
  const result = await context.command('answer-a-consultation', async (trx, changed) => {
    const done = await answerConsultation({
      trx,
      today: context.today,
      viewer,
      id,
      given: parsed.value,
      isSending: context.form['doing'] !== 'save' && speaksForSetting(viewer),
      version: Number(context.form['version']),
      changed,
    })
    missing = done === undefined
    return done ?? { ok: false, errors: [] }
  })
  if (missing) return { missing: true }
  if (!result.ok) return page(context, typedForm(context, result.errors))
  return { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
}

export const routes: readonly Route[] = [
  { method: 'GET', url: URL, access: settingAccess, touches: 'children', handle: (context) => page(context) },
  { method: 'POST', url: URL, access: settingAccess, touches: 'children', handle: post },
]

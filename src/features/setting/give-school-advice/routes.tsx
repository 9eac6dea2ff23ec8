import {
  filesOf,
  isUploadOnly,
  limitsInWords,
  receiveUploads,
  uploadAnswer,
  uploadErrors,
} from '../../../platform/files/index.ts'
import { type Answer, type Context, type FieldError, type Route, viewerOf } from '../../../platform/routes.ts'
import type { TypedForm } from '../../../ui/fields/index.ts'
import { typedForm } from '../../assessment/the-case/index.ts'
import { findPupil } from '../support-a-pupil/index.ts'
import { askedBy, isUuid, settingAccess, speaksForSetting } from '../the-setting/index.ts'
import { giveAdvice } from './command.ts'
import { AdvicePage, startOf } from './page.tsx'
import { findAdviceAsked, findSchoolAdvice } from './queries.ts'
import { readAdviceForm } from './schema.ts'

const URL = '/setting/advice/:id'
const FILES_ABOUT = 'school-advice'
const UPLOADS = { maxFiles: 20, maxBytes: 500_000_000 } as const

async function page(context: Context, typed?: TypedForm): Promise<Answer> {
  const { id } = context.params
  if (!isUuid(id)) return { missing: true }
  const viewer = viewerOf(context)
  const read = await context.read('advice of a setting', async (trx, saw) => {
    const asked = (await findAdviceAsked(trx, { id }))[0]
    if (!asked) return undefined
    saw(asked.child_id)
    const advice = await findSchoolAdvice(trx, id)
    const support = await findPupil(trx, askedBy(context), {
      childId: asked.child_id,
      settingUrn: asked.setting_urn,
    })
    const files = await filesOf(trx, { childId: asked.child_id, about: FILES_ABOUT, aboutId: id })
    return { asked, advice, support, files }
  })
  if (!read) return { missing: true }
  const { asked, advice, support, files } = read
  const form = typed ?? startOf(advice, support, [viewer.name, viewer.jobTitle].filter(Boolean).join(', '))
  const hasErrors = form.errors.length > 0
  return {
    page: {
      title: 'Advice and information from the school',
      backLink: { href: '/setting', text: 'Our tasks' },
      hasErrors,
      status: hasErrors ? 422 : 200,
      main: (
        <AdvicePage
          asked={asked}
          advice={advice}
          files={files}
          limits={limitsInWords(context.files)}
          form={form}
          typed={typed ? context.form : { linesAsked: form.value('linesAsked') }}
          fromSupport={advice === undefined && (support?.cycles.length ?? 0) > 0}
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
  const asked = await context.read(
    'advice of a setting',
    async (trx) => (await findAdviceAsked(trx, { id }))[0],
  )
  if (!asked) return { missing: true }
  // Good files are kept whatever else is wrong with the form.
  const outcomes = await receiveUploads(context, {
    childId: asked.child_id,
    processId: asked.process_id,
    about: FILES_ABOUT,
    aboutId: id,
  })
  if (isUploadOnly(context)) return uploadAnswer(outcomes)
  const refused = uploadErrors(outcomes, 'files')
  const again = (errors: readonly FieldError[]) => page(context, typedForm(context, [...refused, ...errors]))
  if (context.form['doing'] === 'add-line') return again([])
  const parsed = readAdviceForm(context.form)
  if (!parsed.ok) return again(parsed.errors)
  if (refused.length > 0) return again([])
  let missing = false
  const result = await context.command('give-school-advice', async (trx, changed) => {
    const done = await giveAdvice({
      trx,
      today: context.today,
      viewer,
      id,
      given: parsed.value,
      isReleasing: context.form['doing'] !== 'save' && speaksForSetting(viewer),
      version: Number(context.form['version']),
      changed,
    })
    missing = done === undefined
    return done ?? { ok: false, errors: [] }
  })
  if (missing) return { missing: true }
  if (!result.ok) return again(result.errors)
  return { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
}

export const routes: readonly Route[] = [
  { method: 'GET', url: URL, access: settingAccess, touches: 'children', handle: (context) => page(context) },
  { method: 'POST', url: URL, access: settingAccess, touches: 'children', uploads: UPLOADS, handle: post },
]

import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Trx } from '../../../db/viewer.ts'
import { choice, optionalText, parseForm, plainDate, text } from '../../../platform/forms.ts'
import { type Answer, type Context, type FieldError, type Route, viewerOf } from '../../../platform/routes.ts'
import { freshForm, type TypedForm } from '../../../ui/fields/index.ts'
import { typedForm } from '../../assessment/the-case/index.ts'
import { findQuestions } from '../ask-a-specialist/index.ts'
import {
  type Asking,
  type EvidencePart,
  evidenceOf,
  evidenceText,
  findPupil,
  type PupilRecord,
} from '../support-a-pupil/index.ts'
import { askedBy, isUuid, ourSettings, refusedFor, speakerAccess } from '../the-setting/index.ts'
import { ASKED_AS, AskPage, RequestsPage, type SentRequest } from './page.tsx'
import { questionsAsEvidence } from './questions-as-evidence.ts'

const form = z.object({
  askedAs: choice(
    Object.keys(ASKED_AS) as ['school', 'post-16', 'early-years'],
    'Choose what your setting is',
  ),
  locality: optionalText({ max: 60 }),
  sex: z.enum(['F', 'M', 'not-said'], { error: 'Choose an answer' }),
  addressLine: optionalText({ max: 200 }),
  postcode: optionalText({ max: 10 }),
  why: text('Enter why you ask', { max: 6000 }),
  toldOn: plainDate('the day you told the parents or the young person'),
  theySay: optionalText({ max: 4000 }),
  signedAs: text('Enter your full name and position', { max: 200 }),
})

interface Bundle {
  readonly record: PupilRecord
  readonly evidence: readonly EvidencePart[]
  readonly localities: readonly { readonly id: string; readonly name: string }[]
}

/** The pupil with everything the setting did, in words: read again when it is sent, so that it is what stands that day. */
async function findBundle(trx: Trx, by: Asking, id: string): Promise<Bundle | undefined> {
  const record = await findPupil(trx, by, { id })
  if (!record) return undefined
  const questions = await findQuestions(trx, by, { pupilId: id })
  return {
    record,
    evidence: [...evidenceOf(record), ...questionsAsEvidence(questions)],
    localities: await trx
      .selectFrom('locality')
      .select(['id', 'name'])
      .where(sql<boolean>`(ended_on is null or ended_on > viewer_today())`)
      .orderBy('name')
      .execute(),
  }
}

async function page(context: Context, typed?: TypedForm): Promise<Answer> {
  const { id } = context.params
  if (!isUuid(id)) return { missing: true }
  const viewer = viewerOf(context)
  const bundle = await context.read('request of a setting', async (trx, saw) => {
    const found = await findBundle(trx, askedBy(context), id)
    if (found?.record.pupil.childId) saw(found.record.pupil.childId)
    return found
  })
  if (!bundle) return { missing: true }
  const answers = typed ?? freshForm({ signedAs: [viewer.name, viewer.jobTitle].filter(Boolean).join(', ') })
  const hasErrors = answers.errors.length > 0
  return {
    page: {
      title: 'Ask for an EHC needs assessment',
      backLink: { href: `/setting/support/${id}`, text: 'Back to the pupil' },
      hasErrors,
      status: hasErrors ? 422 : 200,
      main: (
        <AskPage
          {...bundle}
          form={answers}
          today={context.today}
          csrfToken={viewer.csrfToken}
          idempotencyKey={randomUUID()}
        />
      ),
    },
  }
}

async function send(context: Context): Promise<Answer> {
  const { id } = context.params
  if (!isUuid(id)) return { missing: true }
  const again = (errors: readonly FieldError[]) => page(context, typedForm(context, errors))
  const parsed = parseForm(form, context.form)
  if (!parsed.ok) return again(parsed.errors)
  const given = parsed.value
  let missing = false
  const result = await context.command('request-as-a-setting', async (trx, changed) => {
    const bundle = await findBundle(trx, askedBy(context), id)
    missing = bundle === undefined
    if (!bundle) return { ok: false, errors: [] }
    const { pupil } = bundle.record
    if (given.toldOn > context.today)
      return refusedFor('toldOn', 'The day you told them must be today or earlier')
    if (given.locality !== null && !bundle.localities.some((one) => one.id === given.locality))
      return refusedFor('locality', 'Choose the locality from the list')
    const [year, month, day] = pupil.dateOfBirth.split('-')
    const answers = {
      // Whose record it comes with: accepted, the setting's record and the child's are one pupil's.
      pupil: pupil.id,
      askedBy: given.askedAs,
      givenName: pupil.givenName,
      familyName: pupil.familyName,
      bornOn: pupil.dateOfBirth,
      'bornOn-day': day!,
      'bornOn-month': month!,
      'bornOn-year': year!,
      sex: given.sex,
      addressLine: given.addressLine ?? '',
      postcode: given.postcode ?? '',
      learns: 'school',
      school: pupil.settingName,
      why: given.why,
      yourName: given.signedAs,
      parentToldOn: given.toldOn,
      parentSays: given.theySay ?? '',
      parentName: pupil.parentName ?? '',
      parentContact: pupil.parentContact ?? '',
      evidence: evidenceText(bundle.evidence),
    }
    const { rows } = await sql<{ reference: string }>`
      select reference from ask_as_setting(${pupil.settingUrn}, ${given.askedAs}, ${given.signedAs}, ${JSON.stringify(answers)}::jsonb,
        ${pupil.childId}::uuid, ${given.locality})`.execute(trx)
    if (pupil.childId) changed(pupil.childId)
    return {
      ok: true,
      redirect: '/setting/requests',
      notice: `Your request ${rows[0]!.reference} is with the council. Its six weeks to decide began today.`,
    }
  })
  if (missing) return { missing: true }
  if (!result.ok) return again(result.errors)
  return { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
}

async function list(context: Context): Promise<Answer> {
  const read = await context.read('requests of a setting', async (trx, saw) => {
    const urns = (await ourSettings(trx)).map((one) => one.urn)
    const requests: SentRequest[] =
      urns.length === 0
        ? []
        : await trx
            .selectFrom('online_request')
            .select([
              'id',
              'reference',
              'received_on',
              'asker_name',
              'answers',
              'state',
              'decided_on',
              'decided_why',
              'child_id',
            ])
            .where('setting_urn', 'in', urns)
            .orderBy('received_at', 'desc')
            .limit(200)
            .execute()
    saw(requests.flatMap((one) => one.child_id ?? []))
    return requests
  })
  return {
    page: {
      title: 'Our requests',
      wide: true,
      main: <RequestsPage requests={read} today={context.today} />,
    },
  }
}

export const routes: readonly Route[] = [
  { method: 'GET', url: '/setting/requests', access: speakerAccess, touches: 'children', handle: list },
  {
    method: 'GET',
    url: '/setting/support/:id/request',
    access: speakerAccess,
    touches: 'children',
    handle: (context) => page(context),
  },
  {
    method: 'POST',
    url: '/setting/support/:id/request',
    access: speakerAccess,
    touches: 'children',
    handle: send,
  },
]

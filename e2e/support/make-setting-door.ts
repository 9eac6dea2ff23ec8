import { randomUUID } from 'node:crypto'
import { recordEvent, refreshChild } from '../../src/db/case-history/index.ts'
import { STORY_PEOPLE } from '../../src/db/testing/story-authority.ts'
import { asOwner } from '../../src/db/viewer.ts'
import type { StorySite } from './story-site.ts'

const SCHOOL = '900001'

/** What a school has to do and keeps: a consultation and advice asked of it, a pupil on SEN support, a question answered; and a young child told of. */
export async function makeSettingDoor(
  site: StorySite,
  childId: string,
  processId: string,
): Promise<
  Readonly<
    Record<'consultation' | 'schoolAdvice' | 'settingLetter' | 'pupil' | 'question' | 'notice', string>
  >
> {
  const senco = STORY_PEOPLE.senco.id
  const coordinator = STORY_PEOPLE.coordinator.id
  return asOwner(site.record.owner, async (trx) => {
    const consultation = await recordEvent(trx, {
      childId,
      processId,
      kind: 'setting_consulted',
      on: '2025-08-28',
      today: '2025-08-28',
      by: coordinator,
      payload: { setting: SCHOOL, settingName: 'Larkfield Primary School' },
    })
    const settingLetter = randomUUID()
    await trx
      .insertInto('document')
      .values({
        id: settingLetter,
        child_id: childId,
        process_id: processId,
        event_id: consultation,
        kind: 'setting-consultation',
        title: 'Can you meet these needs?',
        recipient_name: 'Larkfield Primary School',
        sent_on: '2025-08-28',
        sent_how: 'email',
        body: '',
        made_by: coordinator,
      })
      .execute()
    const advice = await trx
      .insertInto('advice_request')
      .values({
        process_id: processId,
        child_id: childId,
        head: 'educational',
        adviser: 'Head teacher of Larkfield, for this page',
        setting_urn: SCHOOL,
        asked_on: '2025-07-21',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await refreshChild(trx, childId, '2025-09-01')
    const pupil = randomUUID()
    await trx
      .insertInto('pupil')
      .values({
        id: pupil,
        setting_urn: SCHOOL,
        given_name: 'Bo',
        family_name: 'Lund 🦊',
        date_of_birth: '2016-05-01',
        support_from: '2025-01-06',
        recorded_by: senco,
        recorded_on: '2025-01-06',
      })
      .execute()
    await trx
      .insertInto('support_cycle')
      .values({
        pupil_id: pupil,
        number: 1,
        started_on: '2025-01-13',
        need_types: ['SLCN'],
        needs: 'Finds sounds hard to tell apart.',
        outcomes: JSON.stringify([
          { outcome: 'Read 20 words', measure: 'A list each Friday', start: '', result: '' },
        ]),
        provision: JSON.stringify([
          {
            what: 'Phonics',
            who: 'Teaching assistant',
            often: 'Daily',
            long: '20 minutes',
            from: '',
            to: '',
            effect: '',
          },
        ]),
        review_on: '2025-07-18',
        updated_by: senco,
      })
      .execute()
    await trx
      .insertInto('support_meeting')
      .values({
        pupil_id: pupil,
        met_on: '2025-01-13',
        who: 'His mother',
        said: 'Agreed.',
        recorded_by: senco,
      })
      .execute()
    const question = randomUUID()
    await trx
      .insertInto('specialist_question')
      .values({
        id: question,
        pupil_id: pupil,
        setting_urn: SCHOOL,
        locality_id: 'north',
        specialist: 'psychology',
        child_name: 'Bo Lund 🦊',
        date_of_birth: '2016-05-01',
        question: 'How can he hear sounds apart?',
        parent_agreed_on: '2025-08-25',
        asked_by: senco,
        asked_on: '2025-08-26',
        reply_by: '2025-09-09',
      })
      .execute()
    const notice = randomUUID()
    await trx
      .insertInto('early_notice')
      .values({
        id: notice,
        body: 'Community health trust',
        opinion: 'Probably has a hearing impairment.',
        given_name: 'Cy',
        family_name: 'Ash',
        date_of_birth: '2023-06-01',
        locality_id: 'north',
        parent_name: 'Di Ash',
        told_parent_on: '2025-08-20',
        discussed: 'discussed',
        discussed_on: '2025-08-21',
        organisations: 'Portage',
        recorded_by: STORY_PEOPLE.healthLead.id,
        recorded_on: '2025-08-22',
      })
      .execute()
    return { consultation, schoolAdvice: advice.id, settingLetter, pupil, question, notice }
  })
}

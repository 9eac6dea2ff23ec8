import { recordEvent } from '../../src/db/case-history/index.ts'
import { STORY_PEOPLE } from '../../src/db/testing/story-authority.ts'
import { asOwner } from '../../src/db/viewer.ts'
import type { StorySite } from './story-site.ts'

/** What a case has of settings and places: a shortlist, a paper of a consultation, section I decided, a place waited for; and a cohort. */
export async function makePlacement(
  site: StorySite,
  held: Readonly<Record<string, string>>,
): Promise<Readonly<Record<'urn' | 'cohort' | 'paper', string>>> {
  const by = STORY_PEOPLE.coordinator.id
  const child_id = held['child']!
  const process_id = held['process']!
  const on = '2025-09-01'
  return asOwner(site.record.owner, async (trx) => {
    const line = { childId: child_id, processId: process_id, on, today: on, by }
    const setting = { setting: '900003', settingName: 'Tidewater Special School' }
    await recordEvent(trx, { ...line, kind: 'setting_preference_stated', payload: setting })
    const listed = await recordEvent(trx, { ...line, kind: 'setting_shortlisted', payload: setting })
    const needed = await recordEvent(trx, { ...line, kind: 'placement_needed' })
    const arranged = await recordEvent(trx, { ...line, kind: 'interim_arranged' })
    const recorded = { recorded_by: by, recorded_on: on }
    await trx
      .insertInto('shortlisted')
      .values({
        child_id,
        process_id,
        setting_urn: '900003',
        asked_by: 'family',
        reason: 'Small classes, and teachers who sign',
        added_by: by,
        added_on: on,
        event_id: listed,
      })
      .execute()
    await trx
      .insertInto('naming_decision')
      .values({
        child_id,
        process_id,
        form: 'named',
        setting_urn: '900002',
        place_type: 'Mainstream secondary school',
        asked_urn: '900003',
        asked_name: 'Tidewater Special School',
        asked_as: 'request',
        grounds: ['resources'],
        evidence: 'The costs of each, side by side',
        reasons: 'The provision can be made nearer home',
        decided_by: by,
        decided_on: on,
      })
      .execute()
    await trx
      .insertInto('place_needed')
      .values({
        child_id,
        process_id,
        needed_on: '2025-08-01',
        why: 'Moved here',
        out_of_school: true,
        out_because: 'no-place',
        ...recorded,
        event_id: needed,
      })
      .execute()
    await trx
      .insertInto('interim_provision')
      .values({
        child_id,
        process_id,
        from_on: on,
        kind: 'home-tuition',
        hours_a_week: 10,
        provider: 'County tuition',
        why_needed: 'No place',
        full_time: false,
        why_less: 'Her doctor advises it',
        review_on: '2025-10-01',
        ...recorded,
        event_id: arranged,
      })
      .execute()
    await trx
      .insertInto('placement')
      .values({
        child_id,
        setting_urn: '900001',
        place_name: 'Larkfield Primary School',
        kind: 'other',
        from_on: on,
        ...recorded,
      })
      .execute()
    await trx
      .insertInto('setting_detail')
      .values({
        setting_urn: '900001',
        from_on: '2025-01-01',
        needs: ['ASD', 'SLCN'],
        commissioned_places: 12,
        unit: '12 places for speech and language',
        said_by: 'The head',
        ...recorded,
      })
      .execute()
    const copy = await trx
      .selectFrom('advice_family_copy')
      .select('check_id')
      .where('child_id', '=', child_id)
      .executeTakeFirstOrThrow()
    const { id: paper } = await trx
      .insertInto('consultation_paper')
      .values({
        child_id,
        consulted_event: held['consultation']!,
        setting_urn: '900001',
        check_id: copy.check_id,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const { id: cohort } = await trx
      .insertInto('cohort_consultation')
      .values({ name: 'Year 6 to 7', made_by: by, made_on: on })
      .returning('id')
      .executeTakeFirstOrThrow()
    await trx
      .insertInto('cohort_child')
      .values({ cohort_id: cohort, child_id, process_id, setting_urn: '900002' })
      .execute()
    return { urn: '900001', cohort, paper }
  })
}

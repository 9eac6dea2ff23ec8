import { sql } from 'kysely'
import type { Trx } from '../src/db/viewer.ts'
import type { ContentOf, PartKind } from '../src/features/professional/write-advice/contents.ts'
import { chanceFor, idFor } from './random.ts'
import type { AccountRow } from './staff.ts'

/** Who leads whom: by professional line, and for the psychologists by operational line too. */
const LED_BY: Readonly<Record<string, string>> = {
  'educational-psychologist': 'head-of-service',
  'health-professional': 'health-lead',
}

const NEEDS: readonly (readonly [
  type: ContentOf['need']['type'],
  words: string,
  outcome: string,
  provision: string,
])[] = [
  [
    'SLCN',
    'Follows spoken instructions of two parts, and loses the thread of longer ones in a busy room.',
    'Follows a spoken instruction of three parts in class.',
    'Direct teaching of listening and understanding, with pictures to hold on to',
  ],
  [
    'ASD',
    'Finds changes to the day hard to foresee, and leaves the room when one comes without warning.',
    'Goes through a change to the day with one reminder.',
    'A visual timetable taught and gone through, with a named adult',
  ],
  [
    'SPLD',
    'Reads single words well below what their spoken language would suggest.',
    'Reads a passage at their own interest level to an adult.',
    'A structured reading programme taught step by step',
  ],
]

/**
 * Lines of work, how much each psychologist can finish, and advice they are in the middle of writing: what the professional's door
 * opens on. No date, fact or figure of the authority turns on it.
 * @returns how many rows were written
 */
export async function writeAdviceInProgress(
  trx: Trx,
  accounts: readonly AccountRow[],
  seed: string,
  asAt: string,
): Promise<number> {
  let rows = 0
  for (const account of accounts) {
    const lead = accounts.find((one) => one.role === LED_BY[account.role])
    if (!lead) continue
    const kinds =
      account.role === 'educational-psychologist'
        ? (['operational', 'professional'] as const)
        : (['professional'] as const)
    for (const kind of kinds) {
      await trx
        .insertInto('reporting_line')
        .values({
          id: idFor(seed, 'line', account.name, kind),
          account_id: account.id,
          manager_id: lead.id,
          kind,
          from_on: '2018-01-01',
        })
        .execute()
      rows++
    }
    await trx
      .insertInto('advice_capacity')
      .values({
        account_id: account.id,
        from_on: '2020-09-01',
        pieces_a_week: chanceFor(seed, 'capacity', account.name).pick([1, 1.5, 1.5, 2]),
        why: 'Agreed for the school year',
        set_by: lead.id,
      })
      .execute()
    rows++
  }
  for (const account of accounts.filter((one) => one.role === 'educational-psychologist')) {
    const { rows: waiting } = await sql<{ id: string; child_id: string }>`
      select ar.id, ar.child_id from advice_request ar join process p on p.id = ar.process_id
      where ar.adviser_account = ${account.id} and ar.received_on is null and ar.withdrawn_on is null and p.closed_on is null
      order by ar.asked_on, ar.id limit 3`.execute(trx)
    for (const [index, asked] of waiting.entries())
      rows += await writeOne(trx, account, asked, index, seed, asAt)
  }
  return rows
}

async function writeOne(
  trx: Trx,
  account: AccountRow,
  asked: { readonly id: string; readonly child_id: string },
  index: number,
  seed: string,
  asAt: string,
): Promise<number> {
  const chance = chanceFor(seed, 'advice', asked.id)
  const [type, need, outcome, provision] = chance.pick(NEEDS)
  const whole = { advice_request_id: asked.id, child_id: asked.child_id }
  await trx
    .insertInto('advice')
    .values({ ...whole, begun_by: account.id, begun_on: asAt, changed_by: account.id })
    .execute()
  const ids = { need: chance.uuid(), outcome: chance.uuid(), provision: chance.uuid() }
  const part = <K extends PartKind>(
    kind: K,
    content: ContentOf[K],
    more: {
      readonly id?: string
      readonly section?: string
      readonly position?: number
      readonly version?: number
    } = {},
  ) => ({
    ...whole,
    part_id: more.id ?? chance.uuid(),
    version: more.version ?? 1,
    kind,
    section: more.section ?? null,
    position: more.position ?? 0,
    content: JSON.stringify(content),
    saved_by: account.id,
    saved_at: `${asAt}T09:00:00Z`,
  })
  const parts = [
    part('about', {
      author: account.name,
      role: 'Educational psychologist',
      qualification: 'Doctorate in Educational Psychology; registered with the HCPC',
      seen: 'Once, at school, for two hours.',
      sources: 'Class teacher; parent by telephone; the school’s record of support.',
    }),
    part('text', { words: 'They said they like it best when they know what is next.' }, { section: 'views' }),
    part('text', { words: 'Draws with care, and is kind to younger children.' }, { section: 'strengths' }),
    part('text', { words: '' }, { section: 'found', version: 0 }),
    part('text', { words: '' }, { section: 'other', version: 0 }),
    part('need', { type, words: need, source: 'Observation in class' }, { id: ids.need, position: 1 }),
    // The second has no outcome yet; the third is nearly whole.
    ...(index > 0
      ? [
          part(
            'outcome',
            { words: outcome, byWhen: 'The end of the next school year', measure: '', needs: [ids.need] },
            { id: ids.outcome, position: 2 },
          ),
        ]
      : []),
    ...(index > 1
      ? [
          part(
            'provision',
            {
              words: provision,
              who: 'Teaching assistant',
              qualification: '',
              mode: 'one-to-one',
              groupSize: '',
              length: '30 minutes',
              times: '3',
              every: 'week',
              forHowLong: '',
              where: 'At school',
              from: '',
              until: '',
              arrangedBy: 'education',
              outcomes: [ids.outcome],
              minutes: 30,
              count: 3,
            },
            { id: ids.provision, position: 3 },
          ),
        ]
      : []),
  ]
  await trx.insertInto('advice_part').values(parts).execute()
  return parts.length + 1
}

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STORY_PEOPLE } from '../../../db/testing/story-authority.ts'
import { asOwner, asViewer } from '../../../db/viewer.ts'
import type { ProvisionContent } from '../../../record/plan/index.ts'
import { type CaseworkStory, caseworkStory, type Officer } from '../../assessment/casework-story.ts'
import { openPages, type Pages } from '../../children/try-pages/index.ts'
import { beginPlan, savePart } from '../../plan/the-plan/index.ts'
import { routes as budgetRoutes } from '../keep-a-personal-budget/index.ts'
import { routes as ringFenceRoutes } from '../ring-fence-a-sum/index.ts'
import { routes as paymentRoutes } from '../schedule-payments/index.ts'
import { routes as bandRoutes } from '../set-bands/index.ts'
import { routes } from './index.ts'

const TODAY = '2025-05-20'
let pages: Pages
let story: CaseworkStory
let officer: Officer
const lines: { F: string; G: string } = { F: '', G: '' }

const line = (words: string): ProvisionContent => ({
  words,
  who: '',
  qualification: '',
  mode: null,
  groupSize: '',
  length: '',
  minutes: null,
  times: '',
  count: null,
  every: null,
  forHowLong: '',
  where: '',
  from: '',
  until: '',
  review: '',
  arrangedBy: null,
  fundedBy: null,
  outcomes: [],
  needs: [],
  pfa: null,
  educatesOrTrains: false,
  sources: [],
})

beforeAll(async () => {
  pages = await openPages(
    [...routes, ...ringFenceRoutes, ...budgetRoutes, ...paymentRoutes, ...bandRoutes],
    TODAY,
  )
  story = await caseworkStory(pages, { today: TODAY })
  officer = await story.officer('coordinator')
  const by = { accountId: STORY_PEOPLE.coordinator.id, today: TODAY }
  await asViewer(pages.record.db, by, async (trx) => {
    const { plan } = await beginPlan(
      trx,
      { childId: story.childId, processId: story.processId, fromYear9: false },
      by,
    )
    for (const section of ['F', 'G'] as const) {
      const saved = await savePart(trx, plan, { section, kind: 'provision' }, line(`Line of ${section}`), by)
      if (saved.saved) lines[section] = saved.partId
    }
  })
})
afterAll(() => pages.close())

const on = (name: string, iso: string): Record<string, string> => {
  const [year, month, day] = iso.split('-')
  return { [`${name}-day`]: day!, [`${name}-month`]: month!, [`${name}-year`]: year! }
}

describe('Money of a plan', () => {
  test('a cost is whole pence from a day; a price for a session needs how many', async () => {
    const wrong = await officer.does('record-a-cost', {
      line: lines.F,
      what: '=cmd|x',
      payee: 'Larkfield',
      pence: '12.345',
      per: 'session',
      ...on('from', '2025-04-01'),
    })
    expect(wrong.status).toBe(422)
    expect(wrong.errors[0]).toContain('pence: The amount must be pounds and pence')
    expect(wrong.value('what')).toBe('=cmd|x')
    const done = await officer.does('record-a-cost', {
      line: lines.F,
      what: '=cmd|x',
      payee: '@Larkfield',
      pence: '31.00',
      per: 'month',
      ...on('from', '2025-04-01'),
    })
    expect(done.location).toContain('/money')
    const perSession = await officer.does('record-a-cost', {
      line: 'whole',
      what: 'Visits',
      payee: 'A therapist',
      pence: '45.50',
      per: 'session',
      ...on('from', '2025-05-20'),
    })
    expect(perSession.errors).toEqual([
      'times: Enter how many in a year, from 1 to 1,000: a price for each says nothing of the whole without it',
    ])
  })

  test('shares must make a hundred, and the page splits the year by them to the penny', async () => {
    const shares = { line: lines.F, education: '34', health: '33', socialCare: '32', agreedBy: 'Joint panel' }
    const wrong = await officer.does('share-the-cost', shares)
    expect(wrong.errors).toEqual(['education: The shares must make 100: they make 99'])
    expect((await officer.does('share-the-cost', { ...shares, socialCare: '33' })).errors).toEqual([])
    const page = await officer.open('money')
    expect(page.text).toContain('F: Line of F £372 £126.48 £122.76 £122.76')
  })

  test('a band is paid by its rates, set by managers, and a late end is taken back the next month', async () => {
    const manager = await pages.signIn('manager')
    for (const [pence, from] of [
      ['1,200', '1 4 2025'],
      ['2,400', '1 10 2025'],
    ] as const) {
      const set = (await manager.get('/staff/bands')).fill({
        'Name of the band or top-up': 'Band 3',
        'Pounds a year': pence,
        From: from,
        Why: 'Schools forum',
      })
      expect((await manager.send(set, 'Set the rate')).location).toBe('/staff/bands')
    }
    expect((await (await pages.signIn('coordinator')).get('/staff/bands')).html).not.toContain('Set the rate')
    expect(
      (
        await officer.does('put-in-a-band', {
          band: 'Band 3',
          payee: 'Larkfield',
          ...on('from', '2025-04-01'),
        })
      ).errors,
    ).toEqual([])
    const cost = await pages.record.owner.selectFrom('plan_cost').select('id').executeTakeFirstOrThrow()
    story.today('2025-07-10')
    const later = await story.officer('coordinator')
    const ended = await later.does('end-a-cost', {
      cost: cost.id,
      why: 'The assistant left',
      ...on('on', '2025-06-16'),
    })
    expect(ended.errors).toEqual([])
    const csv = (await later.open('/staff/payments.csv?from=2025-04&to=2026-03')).html
    const rows = csv.split('\n').map((row) =>
      row
        .split(',')
        .filter((_, n) => [0, 1, 4, 5, 6, 7].includes(n))
        .join(' '),
    )
    // Recorded in May from April; ended in July from 16 June: June's other half is taken back.
    expect(rows.filter((row) => row.includes('cmd'))).toEqual([
      "2025-05 '@Larkfield '=cmd|x 31.00 31.00 62.00",
      "2025-06 '@Larkfield '=cmd|x 31.00 0.00 31.00",
      "2025-07 '@Larkfield '=cmd|x 0.00 -15.50 -15.50",
    ])
    const band = rows.filter((row) => row.includes('Band 3')).map((row) => Number(row.split(' ').at(-1)))
    // 183 days at £1,200 and 182 at £2,400, each stretch to its own penny.
    expect(Math.round(band.reduce((sum, one) => sum + one, 0) * 100)).toBe(60_164 + 119_671)
    expect((await later.open('/staff/payments?from=2025-04&to=2026-03')).text).toContain(
      'overpaid, taken back',
    )
    story.today(TODAY)
  })

  test('a ring-fenced sum, as the Ombudsman ordered, is never overspent by either wall', async () => {
    await officer.does('ring-fence-a-sum', {
      pence: '1000',
      whatFor: 'His education, for what was missed',
      why: 'ombudsman',
      reference: '18-016-599',
      keeper: 'SEND manager',
    })
    const sum = await pages.record.owner.selectFrom('ring_fenced_sum').selectAll().executeTakeFirstOrThrow()
    const spend = { sum: sum.id, way: 'spent', what: 'A tutor' }
    expect((await officer.does('spend-a-ring-fenced-sum', { ...spend, pence: '600' })).errors).toEqual([])
    expect((await officer.does('spend-a-ring-fenced-sum', { ...spend, pence: '400.01' })).errors).toEqual([
      'pence: There is £400 left: a ring-fenced sum is never overspent',
    ])
    await expect(
      asOwner(pages.record.owner, (trx) =>
        trx
          .insertInto('ring_fenced_spend')
          .values({
            sum_id: sum.id,
            child_id: story.childId,
            pence: 40001,
            spent_on: TODAY,
            what: 'A tutor',
            recorded_by: STORY_PEOPLE.coordinator.id,
            recorded_on: TODAY,
          })
          .execute(),
      ),
    ).rejects.toThrow(/never overspent/)
    expect((await officer.open('money')).text).toContain('£400 left of £1,000')
  })

  test('a direct payment for education pays for section F only, begins its clock, and is reviewed', async () => {
    const payment = {
      code: 'E',
      payee: 'Ngozi Okafor',
      pence: '250',
      per: 'month',
      checks: ['consent', 'account', 'setting', 'place'],
    }
    const health = await officer.does('begin-a-direct-payment', { ...payment, lines: [lines.G] })
    expect(health.errors[0]).toContain('pays for section F only, and this is a line of section G')
    const unagreed = await officer.does('begin-a-direct-payment', {
      ...payment,
      lines: [lines.F],
      checks: ['consent'],
    })
    expect(unagreed.errors[0]).toContain('checks:')
    expect((await officer.does('begin-a-direct-payment', { ...payment, lines: [lines.F] })).errors).toEqual(
      [],
    )
    expect((await story.events('direct_payment_started')).map((one) => one.happened_on)).toEqual([TODAY])
    expect((await officer.open('money')).text).toContain('the first is due by 20 August 2025')
    const held = await pages.record.owner.selectFrom('direct_payment').select('id').executeTakeFirstOrThrow()
    const review = await officer.does('review-a-direct-payment', {
      payment: held.id,
      outcome: 'goes-on',
      words: 'Records are in order',
    })
    expect(review.errors).toEqual([])
    expect((await story.events('direct_payment_reviewed')).length).toBe(1)
    const refusal = await officer.does('tell-of-a-personal-budget', {
      kind: 'direct_payment_reasons_given',
      reasons: 'It would harm others',
    })
    expect(refusal.errors[0]).toContain('must say that the family may ask for a review')
  })

  test('staff only; a family reads its own personal budget and nothing else of the money', async () => {
    const parent = await pages.record.owner
      .selectFrom('contact')
      .select('id')
      .where('name', '=', 'Ngozi Okafor')
      .executeTakeFirstOrThrow()
    await pages.record.owner
      .updateTable('contact')
      .set({ account_id: STORY_PEOPLE.parent.id })
      .where('id', '=', parent.id)
      .execute()
    const counts = (part: 'parent' | 'senco' | 'board') =>
      asViewer(pages.record.db, { accountId: STORY_PEOPLE[part].id, today: TODAY }, async (trx) => {
        const seen: string[] = []
        for (const table of [
          'plan_cost',
          'child_band',
          'funding_share',
          'ring_fenced_sum',
          'ring_fenced_spend',
          'direct_payment',
        ] as const)
          if ((await trx.selectFrom(table).select('child_id').execute()).length > 0) seen.push(table)
        return seen
      })
    expect(await counts('parent')).toEqual(['direct_payment'])
    expect(await counts('senco')).toEqual([])
    expect(await counts('board')).toEqual([])
    for (const part of ['parent', 'senco', 'board'] as const)
      expect((await (await story.officer(part)).open('money')).status).toBe(403)
  })
})

import { describe, expect, test } from 'vitest'
import { marksOfPart } from './part-marks.ts'
import type { NeedContent, OutcomeContent, PlanPart, ProvisionContent } from './parts.ts'
import { notDealtWith, problemsBeforeSending, type SendingOptions } from './problems.ts'
import type { PlanSection } from './sections.ts'

const OPTIONS: SendingOptions = { sending: 'draft', fromYear9: false, advice: [], recommended: [] }
const text = (section: PlanSection, slot = 'main', words = 'Words.'): PlanPart => ({
  partId: `${section}-${slot}`,
  section,
  kind: 'text',
  slot,
  position: 1,
  content: { words },
})
const need = (more: Partial<NeedContent> = {}, section: PlanSection = 'B'): PlanPart => ({
  partId: `need-${section}`,
  section,
  kind: 'need',
  slot: null,
  position: 1,
  content: { words: 'Finds reading hard.', type: 'SPLD', rank: 1, strengths: '', sources: [], ...more },
})
const outcome = (more: Partial<OutcomeContent> = {}): PlanPart => ({
  partId: 'outcome',
  section: 'E',
  kind: 'outcome',
  slot: null,
  position: 1,
  content: {
    words: 'Reads a page alone.',
    byWhen: '2026-07-31',
    measure: 'Teacher record',
    steps: '',
    needs: ['need-B'],
    pfa: null,
    sources: [],
    ...more,
  },
})
const line = (
  more: Partial<ProvisionContent> = {},
  section: PlanSection = 'F',
  partId = 'line',
): PlanPart => ({
  partId,
  section,
  kind: 'provision',
  slot: null,
  position: 1,
  content: {
    words: 'Teaching of reading',
    who: 'Specialist teacher',
    qualification: 'AMBDA',
    mode: 'one-to-one',
    groupSize: '',
    length: '45 minutes',
    minutes: 45,
    times: '2',
    count: 2,
    every: 'week',
    forHowLong: '',
    where: '',
    from: '',
    until: '',
    review: '',
    arrangedBy: 'education',
    fundedBy: null,
    outcomes: ['outcome'],
    needs: [],
    pfa: null,
    educatesOrTrains: false,
    sources: [],
    ...more,
  },
})
const appendix = (releaseId = 'release-1'): PlanPart => ({
  partId: 'appendix',
  section: 'K',
  kind: 'appendix',
  slot: null,
  position: 1,
  content: { title: 'Advice', author: 'A', dated: '', releaseId, fileId: null },
})
const WHOLE: readonly PlanPart[] = [
  text('A'),
  need(),
  text('C', 'none'),
  text('D', 'none'),
  outcome(),
  line(),
  text('G', 'none'),
  text('H1', 'none'),
  text('H2', 'none'),
  text('J'),
  appendix(),
]
const without = (section: PlanSection): readonly PlanPart[] =>
  WHOLE.filter((part) => part.section !== section)
const check = (
  parts: readonly PlanPart[],
  options: Partial<SendingOptions> = {},
  leftOut: readonly string[] = [],
) => {
  const { must, should } = problemsBeforeSending(parts, leftOut, [], { ...OPTIONS, ...options })
  const named = (list: typeof must) => list.map((one) => `${one.rule} ${one.section}`)
  return { must: named(must), should: named(should) }
}

describe('what stands between a plan and its readers', () => {
  test('a whole plan has nothing to put right', () => {
    expect(check(WHOLE)).toEqual({ must: [], should: [] })
  })
  test.each(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H1', 'H2', 'K'] as const)(
    'an empty section %s stops a draft',
    (section) => {
      expect(check(without(section)).must).toContain(`empty-section ${section}`)
    },
  )
  test('section I must be empty in a draft, and written in a final plan', () => {
    expect(check([...WHOLE, text('I')]).must).toEqual(['setting-named-in-draft I'])
    expect(check(WHOLE, { sending: 'final' }).must).toEqual(['empty-section I'])
    expect(check(without('J'))).toEqual({ must: [], should: ['empty-section J'] })
  })
  test('none identified and something there cannot both be', () => {
    expect(check([...WHOLE, line({}, 'G', 'g')]).must).toEqual(['none-and-some G'])
  })
  test('the golden thread: need, outcome, provision', () => {
    expect(check(WHOLE.map((part) => (part.kind === 'outcome' ? outcome({ needs: [] }) : part)))).toEqual({
      must: ['need-without-provision B'],
      should: ['outcome-without-need E'],
    })
    // A line may be for the need itself.
    expect(
      check(
        WHOLE.map((part) => (part.kind === 'provision' ? line({ outcomes: [], needs: ['need-B'] }) : part)),
      ),
    ).toEqual({ must: [], should: ['outcome-without-provision E'] })
    // A link to what was taken away is no link.
    expect(
      check(WHOLE.map((part) => (part.kind === 'provision' ? line({ outcomes: ['gone'] }) : part))).should,
    ).toContain('line-for-nothing F')
  })
  test('a line says who, and how much: or says nothing of either and stops the draft', () => {
    const swap = (more: Partial<ProvisionContent>) =>
      check(WHOLE.map((part) => (part.kind === 'provision' ? line(more) : part)))
    expect(swap({ who: '' }).must).toEqual(['no-deliverer F'])
    const none = { length: '', minutes: null, times: '', count: null, every: null }
    expect(swap(none).must).toEqual(['no-amount F'])
    expect(swap({ ...none, mode: 'to-staff' })).toEqual({ must: [], should: ['no-amount F'] })
    expect(swap({ length: 'as per therapist', minutes: null }).should).toEqual(['no-number F'])
  })
  test('provision that educates or trains belongs in F', () => {
    const parts = [
      ...WHOLE.filter((part) => part.section !== 'G'),
      line({ educatesOrTrains: true }, 'G', 'g'),
    ]
    expect(check(parts).must).toEqual(['educates-or-trains G'])
  })
  test('from year 9 something is for preparing for adulthood', () => {
    expect(check(WHOLE, { fromYear9: true }).must).toEqual(['no-adulthood-provision F'])
    expect(check(WHOLE, { fromYear9: true }).should).toHaveLength(4)
    const parts = WHOLE.map((part) => (part.kind === 'provision' ? line({ pfa: 'employment' }) : part))
    expect(check(parts, { fromYear9: true }).must).toEqual([])
  })
  test('all the advice is in K, and every recommendation answered', () => {
    const advice = [
      { releaseId: 'release-1', title: 'Psychology advice' },
      { releaseId: 'release-2', title: 'Health advice' },
    ]
    expect(check(WHOLE, { advice }).must).toEqual(['advice-not-appended K'])
    const recommended = (['a', 'b', 'c'] as const).map((id) => ({
      advicePartId: id,
      releaseId: 'release-1',
      kind: 'provision' as const,
      cite: id,
    }))
    const parts = WHOLE.map((part) =>
      part.kind === 'provision'
        ? line({ sources: [{ cite: 'x', advicePartId: 'a', releaseId: 'release-1' }] })
        : part,
    )
    expect(notDealtWith(parts, ['b'], recommended).map((one) => one.advicePartId)).toEqual(['c'])
    expect(check(parts, { recommended }, ['b']).should).toEqual(['recommendation-not-dealt-with F'])
  })
})

describe('marks on the words of a part', () => {
  const rules = (part: PlanPart) => marksOfPart(part).map((mark) => `${mark.field}: ${mark.rule}`)
  test('a line is read with its questions: an amount given as numbers and a named post are said', () => {
    expect(rules(line())).toEqual([])
    expect(rules(line({ words: 'Regular teaching of reading' }))).toEqual([])
  })
  test('an amount that fixes nothing is marked in the box it was typed in', () => {
    const marks = rules(line({ length: 'up to 2 hours', minutes: null }))
    expect(marks).toContain('length: up-to')
  })
  test('“as per therapist” with nothing else is marked', () => {
    const bare = {
      who: '',
      qualification: '',
      length: '',
      minutes: null,
      times: '',
      count: null,
      every: null,
    } as const
    expect(rules(line({ ...bare, words: 'Speech therapy as per therapist' })).length).toBeGreaterThan(0)
  })
  test('each mark is a stretch of the words of its own box', () => {
    const part = line({
      words: 'Access to “speech therapy” where possible.',
      length: 'as required',
      minutes: null,
    })
    for (const mark of marksOfPart(part)) {
      const typed = (part.content as unknown as Record<string, string>)[mark.field]!
      expect(mark.words.length).toBeGreaterThan(0)
      if (mark.field === 'words') expect(typed.slice(mark.start, mark.end)).toBe(mark.words)
      else expect(typed).toContain(mark.words.slice(0, 5))
    }
  })
  test('provision among the needs, an outcome that is a service, and teaching in G', () => {
    expect(rules(need({ words: 'He requires 1:1 support from a teaching assistant.' }))).toEqual([
      'words: provision-in-needs',
    ])
    expect(rules(outcome({ words: 'Sam will receive speech and language therapy every week.' }))).toContain(
      'words: outcome-as-provision',
    )
    expect(rules(line({ words: 'The nurse will teach Sam strategies to manage anxiety' }, 'G'))).toContain(
      'words: educating-health-provision',
    )
    expect(rules(text('A', 'main', 'Access to support as required.'))).toEqual([])
    expect(rules(text('G', 'none', 'No health provision is required.'))).toEqual([])
  })
})

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { date } from '../calendar/plain-date.ts'
import { hasFamilyWords } from '../explain/family-words.ts'
import { isFactKind } from '../facts.ts'
import { rulesInForce } from '../rules-in-force.ts'
import { UNCERTAIN_READINGS } from '../settings.ts'
import { ALL_RULES, RULES } from './all-rules.ts'

interface Published {
  id: string
  process: string
  title: string
  trigger: string
  triggerDayCounts: boolean | null
  length: unknown
  actor: string
  citation: string
  exceptions: { id: string; citation: string; inForce?: { from: string; to: string } | null }[]
  stoppedBy: string
  nature: string
  verified: string
  inForce: { from: string; to: string | null }
}

const published = JSON.parse(readFileSync('data/law/statutory-rules.json', 'utf8')) as Published[]

describe('The rules as code equal the rules as researched', () => {
  test('all 123, in the same order', () => {
    expect(RULES.map(({ id }) => id)).toEqual(published.map(({ id }) => id))
    expect(RULES).toHaveLength(123)
  })

  test.each(published.map((rule) => [rule.id, rule] as const))('%s', (id, expected) => {
    const rule = RULES.find((one) => one.id === id)!
    const version = rule.versions.at(-1)!
    expect(rule.process).toBe(expected.process)
    expect(rule.actor).toBe(expected.actor)
    expect(rule.nature).toBe(expected.nature)
    expect(rule.verified).toBe(expected.verified)
    expect(version.length).toEqual(expected.length)
    expect(version.triggerDayCounts).toBe(expected.triggerDayCounts)
    expect(version.citation).toBe(expected.citation)
    expect({ from: version.from, to: version.to }).toEqual(expected.inForce)
    // Exceptions held only on one reading of an uncertain point are ours; the rest are the researched list.
    const listed = version.exceptions.filter(({ reading }) => reading === undefined)
    expect(listed.map(({ id: exception }) => exception)).toEqual(expected.exceptions.map((one) => one.id))
    expect(listed.map(({ citation }) => citation)).toEqual(expected.exceptions.map((one) => one.citation))
    expect(listed.map(({ inForce }) => inForce ?? null)).toEqual(
      expected.exceptions.map((one) => one.inForce ?? null),
    )
  })
})

describe('Every rule', () => {
  test.each(ALL_RULES.map((rule) => [rule.id, rule] as const))('%s is whole', (id, rule) => {
    for (const { kind } of [...rule.starts, ...rule.stops, ...rule.lapses])
      expect(isFactKind(kind)).toBe(true)
    expect(rule.starts.length).toBeGreaterThan(0)
    for (const ref of rule.readings) expect(UNCERTAIN_READINGS[ref]).toBeDefined()
    expect(hasFamilyWords(id), 'has words for a family').toBe(true)
    const canEnd = rule.stops.length > 0 || rule.right === true || rule.cutShortBy !== undefined
    expect(canEnd, 'something stops it, or it runs out').toBe(true)
  })

  test.each(ALL_RULES.map((rule) => [rule.id, rule] as const))(
    '%s has versions with no gap or overlap',
    (_, rule) => {
      for (const [index, version] of rule.versions.entries()) {
        const next = rule.versions[index + 1]
        if (next !== undefined) expect(date(next.from)).toBe(date(version.to!) + 1)
        if (version.to !== null) expect(date(version.to)).toBeGreaterThanOrEqual(date(version.from))
      }
    },
  )

  test('has its own id', () => {
    expect(new Set(ALL_RULES.map(({ id }) => id)).size).toBe(ALL_RULES.length)
  })
})

describe('Uncertain readings', () => {
  test('are the twenty-four, each with a default the engine can follow', () => {
    expect(Object.keys(UNCERTAIN_READINGS)).toEqual(
      Array.from({ length: 24 }, (_, index) => `U-${index + 1}`),
    )
    for (const one of Object.values(UNCERTAIN_READINGS))
      expect(one.choices as readonly string[]).toContain(one.default)
  })
})

describe('The law as at a date', () => {
  const idsOn = (on: string) => rulesInForce(date(on)).map(({ rule }) => rule.id)

  test('held no SEND rule before 1 September 2014', () => {
    expect(idsOn('2014-08-31')).not.toContain('final-plan')
    expect(idsOn('2014-09-01')).toContain('final-plan')
  })

  test('held the unopposed-appeal limits of reg 45 only from 23 March 2015', () => {
    expect(idsOn('2015-03-22')).not.toContain('unopposed-contents')
    expect(idsOn('2015-03-23')).toContain('unopposed-contents')
  })

  test.each([
    ['2020-04-30', false],
    ['2020-05-01', true],
    ['2020-09-25', true],
    ['2020-09-26', false],
  ])('held the coronavirus exceptions from 1 May to 25 September 2020: %s %s', (on, held) => {
    const finalPlan = rulesInForce(date(on)).find(({ rule }) => rule.id === 'final-plan')!
    expect(finalPlan.exceptions.some(({ id }) => id === 'coronavirus-2020-impractical')).toBe(held)
  })
})

import { describe, expect, test } from 'vitest'
import { parseForm } from '../../../platform/forms.ts'
import { minutesInWords, readMinutes, readNumber } from '../../../record/plan/index.ts'
import { type Part, type Provision, quantityInWords, schemas } from './contents.ts'
import { hintsFor, provisionHints } from './hints.ts'

describe('amounts as people write them', () => {
  test.each([
    ['45 minutes', 45],
    ['45mins', 45],
    ['1 hour', 60],
    ['1½ hours', 90],
    ['1 1/2 hours', 90],
    ['1.5 hrs', 90],
    ['1,5 hours', 90],
    ['half an hour', 30],
    ['¾ hour', 45],
    ['1 hour 15 minutes', 75],
    ['1 hour and 15 minutes', 75],
    ['an hour', 60],
    ['as per therapist', null],
    ['regular', null],
    ['', null],
    ['45', null],
    ['0 minutes', null],
    ['-5 minutes', null],
    ['1/0 hours', null],
    ['minutes', null],
  ])('%j is %j minutes', (typed, minutes) => {
    expect(readMinutes(typed)).toBe(minutes)
  })
  test.each([
    ['3', 3],
    ['½', 0.5],
    ['twice', 2],
    ['2 1/2', 2.5],
    ['a few', null],
  ])('%j is the number %j', (typed, number) => {
    expect(readNumber(typed)).toBe(number)
  })
  test('minutes in words', () => {
    expect([30, 60, 90, 121].map(minutesInWords)).toEqual([
      '30 minutes',
      '1 hour',
      '1 hour 30 minutes',
      '2 hours 1 minute',
    ])
  })
})

const line = (form: Record<string, string>, outcomes: string[] = []): Provision => {
  const read = parseForm(schemas.provision, { words: 'Direct teaching of reading', ...form }, { outcomes })
  if (!read.ok) throw new Error(read.errors[0]!.text)
  return read.value
}
const FULL = {
  who: 'Teaching assistant',
  qualification: 'Trained in the programme by the psychologist',
  mode: 'one-to-one',
  length: '½ hour',
  times: '3',
  every: 'week',
  forHowLong: 'two terms',
}

describe('a line of provision', () => {
  test('says nothing when nothing is missing, and its amount is data and words', () => {
    const full = line(FULL)
    expect(provisionHints(full)).toEqual([])
    expect(full).toMatchObject({ minutes: 30, count: 3, every: 'week' })
    expect(quantityInWords(full)).toBe('½ hour, 3 times a week, for two terms')
  })
  test('points out a missing deliverer, amount and length, and blocks none of them', () => {
    expect(provisionHints(line({}))).toEqual([
      'Who delivers it is not said',
      'Whether it is one to one or in a group is not said',
      'How long each time is not said',
      'How often is not said',
      'For how long, or until when it is reviewed, is not said',
    ])
    expect(provisionHints(line({ ...FULL, length: 'as per therapist', times: 'regularly' }))).toEqual([
      '“as per therapist” gives no amount of time: for example “30 minutes” or “1½ hours”',
      '“regularly” is not a number of times',
    ])
  })
})

describe('what is pasted', () => {
  const text = (words: string) => {
    const read = parseForm(schemas.text, { words })
    return read.ok ? read.value.words : read.errors[0]!.text
  }
  test('sixty pages are taken whole', () => {
    const page = `${'She reads “well” — 🙂 אבג.\n'.repeat(100)}\n`
    const sixty = page.repeat(60).trim()
    expect(text(sixty)).toBe(sixty)
  })
  test('smart quotes, emoji and right-to-left text stay; page breaks become line ends; what hides goes', () => {
    expect(text('‘One’\r\ntwo\fthree\u000bfour\u2028five \u0001\u0007🎈 مرحبا')).toBe(
      '‘One’\ntwo\nthree\nfour\nfive 🎈 مرحبا',
    )
  })
  test('more than can be kept is refused in words, not cut', () => {
    expect(text('x'.repeat(250_001))).toBe('Use 250,000 characters or fewer')
  })
})

describe('the whole', () => {
  const part = (kind: string, partId: string, content: object): Part =>
    ({ kind, partId, version: 1, section: null, position: 0, content }) as unknown as Part
  test('is looked through from need to outcome to provision', () => {
    const parts = [
      part('need', 'n', { type: 'SLCN', words: 'x', source: 'seen' }),
      part('outcome', 'o', { words: 'y', byWhen: 'July 2027', measure: 'a test', needs: ['n'] }),
      part('provision', 'p', line(FULL, ['00000000-0000-4000-8000-000000000001'])),
    ]
    expect(hintsFor(parts)).toEqual([
      { partId: 'o', text: 'No provision is for this outcome yet' },
      { partId: 'p', text: 'Which outcome this is for is not said' },
    ])
    expect(hintsFor(parts.slice(0, 1))).toEqual([{ partId: 'n', text: 'No outcome is for this need yet' }])
  })
})

import { describe, expect, test } from 'vitest'
import {
  hardestSentences,
  readingOf,
  sentencesOf,
  syllablesOf,
  textOfPage,
  withoutFixedTerms,
} from './index.ts'

describe('The reading age of a text', () => {
  test('counts syllables as a dictionary does, for words our pages use', () => {
    const dictionary: Readonly<Record<string, number>> = {
      child: 1,
      council: 2,
      decide: 2,
      decided: 3,
      assessment: 3,
      advice: 2,
      asked: 1,
      plan: 1,
      school: 1,
      college: 2,
      person: 2,
      people: 2,
      something: 2,
      someone: 2,
      coordinator: 5,
      psychologist: 4,
      complaint: 2,
      appeal: 2,
      family: 3,
      working: 2,
      answer: 2,
      date: 1,
      dates: 1,
      late: 1,
      possible: 3,
      table: 2,
      changes: 2,
      happens: 2,
      needed: 2,
      education: 4,
      special: 2,
      ability: 4,
      review: 2,
      reviewed: 2,
      tribunal: 3,
      letter: 2,
      every: 2,
      moved: 1,
      written: 2,
      apology: 4,
      mediation: 4,
      record: 2,
      phone: 1,
      sorry: 2,
      name: 1,
      named: 1,
      young: 1,
      receive: 2,
      received: 2,
    }
    const wrong = Object.entries(dictionary).filter(([word, syllables]) => syllablesOf(word) !== syllables)
    // A count by rule is a count by rule: no more than one in twenty may differ.
    expect(
      wrong.map(([word]) => `${word}: ${syllablesOf(word)}`).length,
      wrong.join(' '),
    ).toBeLessThanOrEqual(2)
  })

  test('gives the published formula’s answer', () => {
    // 6 words, 1 sentence, 6 syllables: 0.39 × 6 + 11.8 × 1 − 15.59 = −1.45, and five years is 3.55.
    expect(readingOf(['The cat sat on the mat.'])).toEqual({ age: 3.6, sentences: 1, words: 6, syllables: 6 })
  })

  test('plain words pass and an official’s sentence does not', () => {
    const plain = sentencesOf(
      'We have your letter. We will tell you what we decide by Monday. You do not need to do anything.',
    )
    const official =
      'The local authority has determined, following consideration of the representations received, that it is not necessary for special educational provision to be made in accordance with an individual plan.'
    expect(readingOf(plain)!.age).toBeLessThan(10)
    expect(readingOf([official])!.age).toBeGreaterThan(15)
    expect(hardestSentences([...plain, official], 1)[0]!.text).toBe(official)
  })

  test('names, dates and the law’s own terms count as one short word, and nothing else does', () => {
    expect(
      withoutFixedTerms(
        'Ask Theodora Featherstonehaugh by Monday 17 August 2026 (SEND Regulations 2014, reg 5(1)) or the Local Government and Social Care Ombudsman.',
        ['Theodora Featherstonehaugh'],
      ),
    ).toBe('Ask Sam by Sam (Sam) or the Sam.')
    expect(withoutFixedTerms('The application was considered.')).toBe('The application was considered.')
  })

  test('reads the main part of a page: no pictures, no labels, no citations', () => {
    expect(
      textOfPage(
        '<header><p>Not this.</p></header><main><h1>Where things are</h1><svg><text>Nor this.</text></svg><p>We <strong>said</strong> yes.</p><p class="app-citation">SEND Regulations 2014.</p><ul><li>It&#39;s late.</li></ul></main>',
      ),
    ).toEqual(['We said yes.', 'It’s late.'])
  })
})

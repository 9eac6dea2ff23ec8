import { expect, test } from 'vitest'
import { sentencesIn, startMyPlan } from './my-plan.ts'
import type { PlanPart, ProvisionContent } from './parts.ts'

const about = { givenName: 'Amara', age: 9, settingName: 'Larkfield', coordinatorName: 'Cora Coombes' }
const text = (words: string): PlanPart => ({
  partId: words,
  section: 'A',
  kind: 'text',
  slot: 'child-views',
  position: 0,
  content: { words, voice: 'child' },
})
const line = (content: Partial<ProvisionContent>): PlanPart =>
  ({
    partId: String(content.words),
    section: 'F',
    kind: 'provision',
    slot: null,
    position: 0,
    content: {
      words: '',
      who: '',
      length: '',
      times: '',
      count: null,
      every: null,
      forHowLong: '',
      where: '',
      ...content,
    },
  }) as PlanPart

test('sentences end at full stops and at line ends, and bullets are no words', () => {
  expect(sentencesIn('I like the sea. Do you?\n• Big waves\r\n- Sand; ')).toEqual([
    'I like the sea.',
    'Do you?',
    'Big waves.',
    'Sand.',
  ])
  expect(sentencesIn('')).toEqual([])
})

test('the child’s own sentences go where their words say, as they are', () => {
  const start = startMyPlan(
    [text('I live with Gran. I love drawing. Reading is hard. I hope to be a vet.')],
    about,
  )
  expect(start.me).toEqual([
    'My name is Amara.',
    'I am 9 years old.',
    'I go to Larkfield.',
    'I live with Gran.',
  ])
  expect(start.good).toEqual(['I love drawing.'])
  expect(start.hard).toEqual(['Reading is hard.'])
  expect(start.hopes).toEqual(['I hope to be a vet.'])
})

test.each([
  [
    {
      who: 'Speech and language therapist',
      length: '45 minutes',
      times: '1',
      count: 1,
      every: 'week',
      where: 'At school',
    },
    'A speech and language therapist helps me: 45 minutes, once a week, at school.',
  ],
  [{ who: 'Occupational therapist' }, 'An occupational therapist helps me.'],
  [{ who: 'The class teacher' }, 'The class teacher helps me.'],
  [{ who: 'Priya Elwood' }, 'Priya Elwood helps me.'],
  [{ who: '', words: 'A quiet room at lunch' }, 'A quiet room at lunch.'],
] as const)('a line of provision in one short sentence: %o', (content, sentence) => {
  expect(startMyPlan([line(content)], about).help).toEqual([sentence])
})

test('an empty plan still says who the child is and whom to talk to, and nothing it does not know', () => {
  const start = startMyPlan([], { ...about, settingName: null, coordinatorName: null })
  expect(start.me).toEqual(['My name is Amara.', 'I am 9 years old.'])
  expect(start.help).toEqual([])
  expect(start.talk).toHaveLength(2)
})

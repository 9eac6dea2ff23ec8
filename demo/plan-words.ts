/** The invented words of the plans the training authority opens on. `needs` and `outcomes` say which, by their place from 0. */
import type { NeedContent, OutcomeContent, ProvisionContent, TextContent } from '../src/record/plan/index.ts'

export interface PlanWords {
  readonly appendices: readonly (readonly [title: string, author: string])[]
  readonly texts: readonly (readonly [
    section: 'A' | 'B' | 'C' | 'D' | 'G' | 'H1' | 'H2',
    slot: string,
    content: TextContent,
  ])[]
  readonly needs: readonly (readonly [
    section: 'B' | 'C',
    Pick<NeedContent, 'words' | 'type' | 'rank' | 'strengths'>,
  ])[]
  readonly outcomes: readonly (Pick<OutcomeContent, 'words' | 'byWhen' | 'measure' | 'steps'> & {
    readonly needs: readonly number[]
    readonly pfa?: OutcomeContent['pfa']
  })[]
  readonly lines: readonly (Partial<Omit<ProvisionContent, 'needs' | 'outcomes'>> & {
    readonly section: 'F' | 'G'
    readonly words: string
    readonly needs: readonly number[]
    readonly outcomes: readonly number[]
  })[]
}

const nothing = (who: string): TextContent => ({
  words: `${who} looked at this and found nothing that is needed.`,
})
const NO_SOCIAL_CARE: PlanWords['texts'] = (['D', 'H1', 'H2'] as const).map((section) => [
  section,
  'none',
  nothing('Children’s social care'),
])
const NO_HEALTH: PlanWords['texts'] = (['C', 'G'] as const).map((section) => [
  section,
  'none',
  nothing('The community paediatrician'),
])

const APPENDICES: PlanWords['appendices'] = [
  ['Advice from the school or college', 'The head teacher or principal'],
  ['Psychological advice', 'The educational psychologist'],
  ['Health advice', 'The community paediatrician'],
  ['Social care information', 'Children’s social care'],
]

const ONE_TO_ONE = { mode: 'one-to-one', groupSize: '', times: '1', count: 1, every: 'week' } as const
const BY_EDUCATION = { arrangedBy: 'education', fundedBy: 'education', educatesOrTrains: true } as const
const HALF_AN_HOUR = { length: '30 minutes', minutes: 30 } as const

/** A younger child's first plan: talking, changes to the day, reading. */
export const firstPlan = (name: string): PlanWords => ({
  appendices: APPENDICES,
  texts: [
    [
      'A',
      'child-views',
      {
        words:
          'I like trains and drawing maps. I am good at jigsaws. Loud rooms are hard. I want to have a friend to play with at break.',
        voice: 'child',
        gathered: 'By drawing and talking with the psychologist at school',
      },
    ],
    [
      'A',
      'parents-views',
      {
        words: `${name} is funny and kind at home. We worry about the mornings, when school is very hard to face. We hope ${name} will be happy to go in.`,
        voice: 'parents',
        gathered: 'In the parent’s own words, for the assessment',
      },
    ],
    [
      'A',
      'main',
      { words: 'Say the name first, use short sentences and show a picture. Give time to answer.' },
    ],
    ...NO_SOCIAL_CARE,
  ],
  needs: [
    [
      'B',
      {
        words:
          'Follows spoken instructions of two parts, and loses the thread of longer ones in a busy room.',
        type: 'SLCN',
        rank: 1,
        strengths: 'Understands pictures and plans quickly, and remembers places after one visit.',
      },
    ],
    [
      'B',
      {
        words:
          'Finds changes to the day hard to foresee, and leaves the room when one comes without warning.',
        type: 'ASD',
        rank: 2,
        strengths: 'Keeps calm all morning when the day goes as the picture timetable shows.',
      },
    ],
    [
      'B',
      {
        words: 'Reads single words well below what their spoken language would suggest.',
        type: 'SPLD',
        rank: null,
        strengths: 'Knows all the letter sounds.',
      },
    ],
    [
      'C',
      {
        words: 'Wakes three or four times most nights and is tired at school by midday.',
        type: null,
        rank: null,
        strengths: 'Hearing and sight were tested in August 2020 and are good.',
      },
    ],
  ],
  outcomes: [
    {
      words: `By July 2021 ${name} follows a spoken instruction of three parts in class, four times out of five.`,
      byWhen: '2021-07-21',
      measure: 'The class teacher counts, one morning in each half term',
      steps: 'By Easter: three parts with a picture for each',
      needs: [0],
    },
    {
      words: `By July 2021 ${name} goes through a change to the day with one reminder and stays in the room.`,
      byWhen: '2021-07-21',
      measure: 'The school’s record of times out of class',
      steps: '',
      needs: [1],
    },
    {
      words: `By July 2022 ${name} reads a page of a reading book aloud to an adult.`,
      byWhen: '2022-07-20',
      measure: 'Heard reading each half term by the class teacher',
      steps: 'By July 2021: fifty common words on sight',
      needs: [2],
    },
  ],
  lines: [
    {
      section: 'F',
      words: 'Direct teaching of listening and understanding, with pictures to hold on to',
      who: 'Speech and language therapist',
      qualification: 'Registered with the HCPC',
      ...ONE_TO_ONE,
      ...HALF_AN_HOUR,
      forHowLong: '38 weeks of the school year',
      where: 'A quiet room at school',
      review: 'Each term',
      ...BY_EDUCATION,
      needs: [0],
      outcomes: [0],
    },
    {
      section: 'F',
      words: 'The picture timetable gone through, and each change to the day told in advance',
      who: 'Teaching assistant',
      qualification: 'Trained by the specialist teacher in visual supports',
      ...ONE_TO_ONE,
      length: '10 minutes',
      minutes: 10,
      times: '2',
      count: 2,
      every: 'day',
      forHowLong: 'the whole school year',
      where: 'In class',
      review: 'Each half term',
      ...BY_EDUCATION,
      needs: [1],
      outcomes: [1],
    },
    {
      section: 'F',
      words: 'Reading taught step by step by a structured phonics programme',
      who: 'Qualified teacher',
      qualification: 'Qualified teacher status, trained in the programme',
      mode: 'small-group',
      groupSize: '3',
      length: '20 minutes',
      minutes: 20,
      times: '4',
      count: 4,
      every: 'week',
      forHowLong: '38 weeks of the school year',
      where: 'At school',
      review: 'Each term',
      ...BY_EDUCATION,
      needs: [2],
      outcomes: [2],
    },
    {
      section: 'G',
      words: 'A sleep clinic appointment with the family, with a written plan for nights',
      who: 'Community nurse',
      qualification: 'Registered with the NMC',
      mode: 'other',
      length: '45 minutes',
      minutes: 45,
      times: '1',
      count: 1,
      every: 'half-term',
      forHowLong: 'one year',
      where: 'At the community clinic',
      review: 'July 2021',
      arrangedBy: 'health',
      fundedBy: 'health',
      needs: [3],
      outcomes: [1],
    },
  ],
})

/** A teenager's plan that is in place. */
export const planInPlace = (name: string): PlanWords => ({
  appendices: APPENDICES,
  texts: [
    [
      'A',
      'child-views',
      {
        words:
          'I like football and taking things apart to see how they work. I find long writing hard. I want to work with engines when I am older.',
        voice: 'child',
        gathered: 'Talking with the form tutor',
      },
    ],
    [
      'A',
      'parents-views',
      {
        words: `${name} tries hard and is tired after school. We hope ${name} can get about alone and learn a trade.`,
        voice: 'parents',
        gathered: 'By telephone, with an interpreter,',
      },
    ],
    [
      'A',
      'main',
      { words: 'Write the steps of a task down, one on each line. Check in quietly, not before the class.' },
    ],
    ...NO_HEALTH,
    ...NO_SOCIAL_CARE,
  ],
  needs: [
    [
      'B',
      {
        words: 'Loses words part-way through a sentence and does not yet ask for help when that happens.',
        type: 'SLCN',
        rank: 1,
        strengths: 'Explains how a machine works by showing it and drawing it.',
      },
    ],
    [
      'B',
      {
        words: 'Handwriting is slow and tiring, and half of a written task is done when the lesson ends.',
        type: 'PD',
        rank: 2,
        strengths: 'Types twice as fast as by hand.',
      },
    ],
  ],
  outcomes: [
    {
      words: `By July 2021 ${name} asks for help aloud in three lessons out of four.`,
      byWhen: '2021-07-21',
      measure: 'Teachers’ notes for two weeks of each term',
      steps: '',
      needs: [0],
      pfa: 'community',
    },
    {
      words: `By July 2021 ${name} finishes written work in the lesson, typed or by hand.`,
      byWhen: '2021-07-21',
      measure: 'Work looked at each half term',
      steps: '',
      needs: [1],
      pfa: 'employment',
    },
  ],
  lines: [
    {
      section: 'F',
      words: 'Speech and language therapy: finding words, and asking for help',
      who: 'Speech and language therapist',
      qualification: 'Registered with the HCPC',
      ...ONE_TO_ONE,
      ...HALF_AN_HOUR,
      forHowLong: '38 weeks of the school year',
      where: 'At school',
      review: 'Each term',
      ...BY_EDUCATION,
      needs: [0],
      outcomes: [0],
    },
    {
      section: 'F',
      words: 'Each written task set out step by step, and checked half-way through the lesson',
      who: 'Teaching assistant',
      qualification: 'Trained by the occupational therapist',
      ...ONE_TO_ONE,
      ...HALF_AN_HOUR,
      every: 'day',
      forHowLong: 'the whole school year',
      where: 'In class',
      review: 'Each half term',
      ...BY_EDUCATION,
      needs: [1],
      outcomes: [1],
    },
    {
      section: 'F',
      words: 'Touch typing taught, with a laptop to use in every lesson',
      who: 'Occupational therapist',
      qualification: 'Registered with the HCPC',
      ...ONE_TO_ONE,
      ...HALF_AN_HOUR,
      forHowLong: '20 weeks',
      where: 'At school',
      review: 'Each term',
      ...BY_EDUCATION,
      needs: [1],
      outcomes: [1],
    },
  ],
})

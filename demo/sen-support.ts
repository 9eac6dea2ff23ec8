import { idFor } from './random.ts'
import type { AccountRow } from './staff.ts'

/** Rows of the setting's door: SEN support before any plan, questions to specialists, and a young child told of. */
export interface SettingDoorRows {
  readonly pupils: readonly object[]
  readonly cycles: readonly object[]
  readonly meetings: readonly object[]
  readonly questions: readonly object[]
  readonly answers: readonly object[]
  readonly notices: readonly object[]
}

interface Story {
  readonly given: string
  readonly family: string
  readonly born: string
  readonly types: readonly string[]
  readonly needs: string
  readonly outcome: string
  readonly measure: string
  readonly support: string
}

const STORIES: readonly Story[] = [
  {
    given: 'Perran',
    family: 'Quickfall',
    born: '2007-05-14',
    types: ['SPLD'],
    needs: 'Reads slowly and guesses from the first letter. Strong in talk, design and swimming.',
    outcome: 'Read a page of his own choosing aloud with five mistakes or fewer',
    measure: 'A timed page every second Friday, kept in his book',
    support: 'Structured phonics in a group of three',
  },
  {
    given: 'Oluchi',
    family: 'Baverstock',
    born: '2008-09-30',
    types: ['SLCN', 'SEMH'],
    needs:
      'Finds it hard to follow more than one instruction, and leaves the room when she is lost. Kind to younger pupils.',
    outcome: 'Ask for help with a card before leaving, four times in five',
    measure: 'A tally kept by the form tutor',
    support: 'Visual timetable, and a check at the start of each lesson',
  },
  {
    given: 'Tegan',
    family: 'Sollers',
    born: '2006-02-08',
    types: ['HI'],
    needs: 'Wears two hearing aids; misses the ends of words in a noisy room. Loves history and football.',
    outcome: 'Answer a question about a text read aloud in class',
    measure: 'Three questions after a text is read, once a week',
    support: 'Seat near the teacher, radio aid in every lesson',
  },
]

/**
 * Pupils of the first two SENCOs, as their schools would have written them by the training day (2 November 2020): a round
 * reviewed, a round running, a review that is late, a question waiting and one answered.
 */
export function settingDoorRows(seed: string, accounts: readonly AccountRow[]): SettingDoorRows {
  const sencos = accounts.filter((one) => one.role === 'senco' && one.setting_urn !== null).slice(0, 2)
  const head = accounts.find((one) => one.role === 'locality-head')
  const health = accounts.find((one) => one.role === 'health-professional')
  const rows: { [K in keyof SettingDoorRows]: object[] } = {
    pupils: [],
    cycles: [],
    meetings: [],
    questions: [],
    answers: [],
    notices: [],
  }
  for (const [school, senco] of sencos.entries())
    for (const [number, story] of STORIES.entries()) {
      // Three at the first school, two at the second, nobody twice.
      if (school === 1 && number === 0) continue
      addPupil(rows, seed, senco, school === 0 ? story : { ...story, family: `${story.family}-Hale` }, number)
    }
  const first = rows.pupils[0] as { readonly id: string } | undefined
  const senco = sencos[0]
  if (first && senco && head)
    for (const [at, text] of [
      'How can he hear sounds apart?',
      'Which book would you begin with?',
    ].entries()) {
      const id = idFor(seed, 'specialist-question', String(at))
      rows.questions.push({
        id,
        pupil_id: first.id,
        setting_urn: senco.setting_urn,
        locality_id: head.locality_id,
        specialist: at === 0 ? 'psychology' : 'specialist-teaching',
        child_name: `${STORIES[0]!.given} ${STORIES[0]!.family}`,
        date_of_birth: STORIES[0]!.born,
        question: text,
        tried: 'Structured phonics, three times a week, since September.',
        parent_agreed_on: '2020-10-12',
        asked_by: senco.id,
        asked_on: '2020-10-13',
        reply_by: '2020-10-27',
      })
      if (at === 0)
        rows.answers.push({
          question_id: id,
          answer:
            'Use a mirror, so that he sees how each sound is made, and stop when he has had three right in a row. Ten minutes a day do more than an hour a week.',
          answered_for: 'Dr Miriam Sacheverell, educational psychologist',
          answered_by: head.id,
          answered_on: '2020-10-23',
        })
    }
  if (health && head)
    rows.notices.push({
      id: idFor(seed, 'early-notice', '1'),
      body: 'Community paediatrics',
      opinion: 'Probably has a hearing impairment and a delay in talking: two tests, in August and October.',
      given_name: 'Merryn',
      family_name: 'Cobbledick',
      date_of_birth: '2018-06-19',
      locality_id: head.locality_id,
      parent_name: 'Tamara Cobbledick',
      told_parent_on: '2020-10-19',
      discussed: 'discussed',
      discussed_on: '2020-10-19',
      organisations: 'The National Deaf Children’s Society, and the Portage group',
      recorded_by: health.id,
      recorded_on: '2020-10-21',
    })
  return rows
}

function addPupil(
  rows: { [K in keyof SettingDoorRows]: object[] },
  seed: string,
  senco: AccountRow,
  story: Story,
  number: number,
): void {
  const id = idFor(seed, 'pupil', `${senco.id}:${number}`)
  rows.pupils.push({
    id,
    setting_urn: senco.setting_urn,
    given_name: story.given,
    family_name: story.family,
    date_of_birth: story.born,
    parent_name: `Parents of ${story.given}`,
    support_from: '2020-01-13',
    recorded_by: senco.id,
    recorded_on: '2020-01-13',
  })
  const round = (at: number, more: object) => ({
    id: idFor(seed, 'support-cycle', `${senco.id}:${number}:${at}`),
    pupil_id: id,
    number: at,
    need_types: story.types,
    needs: story.needs,
    child_views: 'It is better when I know what comes next.',
    parent_views: 'We see the same at home, most of all when it is noisy.',
    updated_by: senco.id,
    ...more,
  })
  const outcome = (result: string) => [
    { outcome: story.outcome, measure: story.measure, start: 'Twice in the first week', result },
  ]
  const line = (from: string, to: string, effect: string) => [
    {
      what: story.support,
      who: 'Teaching assistant, trained by the SENCO',
      often: '3 times a week',
      long: '20 minutes',
      from,
      to,
      effect,
    },
  ]
  rows.cycles.push(
    round(1, {
      started_on: '2020-01-13',
      outcomes: outcome('partly'),
      provision: line('2020-01-13', '2020-03-20', 'Some progress until the school closed to most pupils'),
      review_on: '2020-07-10',
      reviewed_on: '2020-07-10',
      effect: 'Some progress in the spring, lost over the months at home.',
      next_step: number === 0 ? 'ask-a-specialist' : 'another-cycle',
    }),
    round(2, {
      started_on: '2020-09-14',
      outcomes: outcome(''),
      provision: line('2020-09-14', '', ''),
      review_on: number === 1 ? '2020-10-23' : '2020-11-20',
    }),
  )
  for (const [at, met] of ['2020-01-13', '2020-07-10'].entries())
    rows.meetings.push({
      id: idFor(seed, 'support-meeting', `${senco.id}:${number}:${at}`),
      pupil_id: id,
      met_on: met,
      who: 'Both parents, the form tutor, the SENCO',
      said:
        at === 0
          ? 'Agreed what to try, and to meet again in the summer.'
          : 'By telephone. Agreed to begin again in September.',
      recorded_by: senco.id,
    })
}

import { describe, expect, test } from 'vitest'
import { date, iso } from '../../law/index.ts'
import { compulsorySchoolAgeEnds } from '../../record/school-age.ts'
import {
  type ComposeDetails,
  composeLetter,
  type DetailsOf,
  type Frame,
  isYoungPerson,
  LETTER_KINDS,
  type LetterKind,
  type PartId,
  REQUIRED_CONTENTS,
  RequiredPartMissing,
  renderLetter,
} from './index.ts'
import { wayTo } from './recipients.ts'

const frame = (changes: Partial<Frame> = {}): Frame => ({
  addressee: { name: 'Ngozi Okafor', role: 'parent', addressLines: ['4 Quay Street', 'Weymouth', 'DT4 8AA'] },
  sentOn: '2025-02-10',
  reference: 'A-2025-00001',
  child: {
    name: 'Amara Okafor',
    givenName: 'Amara',
    bornOn: '2014-04-01',
    setting: 'Larkfield Primary School',
  },
  authorityName: 'Story County',
  sendOffice: { name: 'SEND office', address: '1 County Square', phone: '01305 000000' },
  mediationAdviser: { name: 'Even Keel Mediation', phone: '0300 000 0001' },
  informationService: { name: 'Story SENDIASS', phone: '0300 000 0002' },
  ...changes,
})

const body = { name: 'Dr Ade', address: null }
const DETAILS: DetailsOf = {
  'considering-assessment': { receivedOn: '2025-01-06' },
  'decided-to-assess': { receivedOn: '2025-01-06' },
  'refused-to-assess': { reasons: 'She is making the progress we would expect.' },
  'advice-request': { to: body, head: 'medical' },
  'advice-chase': { to: body, head: 'medical', askedOn: '2025-01-01', chase: 2 },
  'decided-not-to-issue': { reasons: 'The school can meet her needs.' },
  'draft-plan': { appendices: ['Psychology: Dr Elwood'] },
  'final-plan': { placement: 'names Larkfield Primary School', planDate: '2025-02-10' },
  'amendment-notice': {
    reasons: 'The review found that she needs it more often.',
    changes: ['Section F, paragraph 4: How often: was once a fortnight, now once a week'],
    evidence: ['Report of the review'],
    afterReview: true,
  },
  'amended-final-plan': {
    placement: 'names Larkfield Primary School',
    planDate: '2025-02-10',
    changes: ['Section F, paragraph 4: How often: was once a fortnight, now once a week'],
  },
  'amendment-declined': { reasons: 'The school can meet her needs.', noticeOn: '2025-01-13' },
  'request-withdrawn': { withdrawnBy: 'Ngozi Okafor' },
  'setting-consultation': { to: body, settingUrn: '900001' },
}
const asksABody = (kind: LetterKind) =>
  kind === 'advice-request' || kind === 'advice-chase' || kind === 'setting-consultation'
const compose = (kind: LetterKind, changes: Partial<Frame> = {}) =>
  composeLetter(kind, {
    ...DETAILS[kind],
    frame: frame(
      asksABody(kind)
        ? { addressee: { name: 'Dr Ade', role: 'organisation', addressLines: [] }, ...changes }
        : changes,
    ),
  } as ComposeDetails<LetterKind>)

/** Words that only that part would have: what a reader must be able to find. */
const SAYS: Readonly<Record<PartId, RegExp>> = {
  'copy-of-the-plan': /copy of the plan as it is now/,
  'proposed-changes': /now once a week/,
  evidence: /Report of the review/,
  considering: /considering whether to carry out .*EHC\) needs assessment/,
  'right-to-views': /right to give us your views, .* send us evidence/,
  decision: /We have decided|and have decided|With this letter is the final (changed )?EHC plan/,
  reasons: /Our reasons.*(progress we would expect|school can meet her needs)/,
  'right-of-appeal':
    /You have the right to appeal to the First-tier Tribunal.*www\.gov\.uk\/appeal-ehc-plan-decision/,
  'appeal-time-limits':
    /must receive your appeal by Thursday 10 April 2025 .*1 month of the date on your mediation certificate, whichever is the later/,
  'mediation-right': /You have the right to mediation/,
  'mediation-certificate': /Before you can appeal you must speak to a mediation adviser.* certificate/,
  'mediation-adviser': /Even Keel Mediation; telephone 0300 000 0001/,
  'mediation-timescales': /Contact the mediation adviser by Thursday 10 April 2025/,
  'mediation-tell-us': /You must tell us that you want mediation, .*what health care provision you want/,
  'mediation-our-contact': /Tell us at: SEND office; 1 County Square/,
  'disagreement-resolution': /Disagreement resolution is a separate, voluntary service/,
  'information-and-advice': /impartial information, advice and support from Story SENDIASS/,
  'tribunal-recommendations': /ask the tribunal to make recommendations about health and social care/,
  'right-to-comment': /right to tell us what you think of (the content of the draft|these changes)/,
  'right-to-ask-for-a-setting': /right to ask us to name a particular school, college or other setting/,
  'comment-period':
    /at least 15 days, counting the day .* as the first.* first day is Monday 10 February 2025 and the last is Monday 24 February 2025/,
  meeting: /an officer of Story County must meet you/,
  'where-information-is': /Local Offer/,
  'advice-wanted': /requires us to ask for medical advice .*nothing to report/,
  'reply-by': /by (Monday 24 March 2025|Wednesday 12 February 2025)/,
  'advice-overdue': /On Wednesday 1 January 2025 we asked for medical advice.*reminder 2/,
  withdrawn: /has been withdrawn by Ngozi Okafor/,
  consultation: /considering naming Dr Ade .* the law requires us to consult you/,
  'consultation-reply': /Please answer by Tuesday 25 February 2025/,
}
const words = (html: string) =>
  html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll(/\s+/g, ' ')

describe('Each letter holds every part the law requires of it', () => {
  for (const kind of LETTER_KINDS)
    for (const part of REQUIRED_CONTENTS[kind])
      test(`${kind}: ${part.id} (${part.law})`, () => {
        const letter = compose(kind)
        const section = letter.sections.find((one) => one.part === part.id)
        expect(section?.law).toBe(part.law)
        expect(words(renderLetter(letter))).toMatch(SAYS[part.id])
      })

  test('a refusal to assess does not speak of recommendations: reg 5(3) does not list them', () => {
    expect(words(renderLetter(compose('refused-to-assess')))).not.toMatch(/recommendations about health/)
  })
  test('the recommendations part begins with letters of 3 April 2018', () => {
    const parts = (sentOn: string) =>
      compose('decided-not-to-issue', { sentOn }).sections.map((one) => one.part)
    expect(parts('2018-04-02')).not.toContain('tribunal-recommendations')
    expect(parts('2018-04-03')).toContain('tribunal-recommendations')
  })
  test('a refusal with no reasons is never made', () => {
    for (const kind of ['refused-to-assess', 'decided-not-to-issue'] as const)
      expect(() => composeLetter(kind, { reasons: ' \n ', frame: frame() })).toThrow(RequiredPartMissing)
  })
  test('what an officer types cannot take the right of appeal away, and is never markup', () => {
    const letter = composeLetter('refused-to-assess', {
      reasons: '</section><script>x</script>You have no right of appeal.',
      frame: frame(),
    })
    const html = renderLetter(letter)
    expect(html).not.toContain('<script>')
    for (const part of REQUIRED_CONTENTS['refused-to-assess'])
      expect(html).toContain(`data-part="${part.id}"`)
  })
})

describe('The dates in the letters are the law’s', () => {
  test.each([
    ['2025-02-10', 'Thursday 10 April 2025', 'an ordinary day'],
    ['2024-12-31', 'Friday 28 February 2025', '31 December + 2 months is the last day of February'],
    ['2025-06-10', 'Monday 1 September 2025', 'two months end in August: first working day after it'],
    [
      '2025-10-27',
      'Friday 2 January 2026',
      'two months end on 27 December: first working day after 1 January',
    ],
    ['2025-02-15', 'Tuesday 15 April 2025', 'a Tuesday'],
    ['2025-01-12', 'Wednesday 12 March 2025', 'a Wednesday'],
    ['2025-01-08', 'Monday 10 March 2025', 'a Saturday: next working day'],
  ])('notice of %s: appeal by %s (%s)', (sentOn, by) => {
    expect(words(renderLetter(compose('refused-to-assess', { sentOn })))).toContain(
      `must receive your appeal by ${by}`,
    )
  })
  test('the day of service is the first of the 15', () => {
    expect(words(renderLetter(compose('draft-plan', { sentOn: '2024-02-16' })))).toMatch(
      /first day is Friday 16 February 2024 and the last is Friday 1 March 2024/,
    )
  })
})

describe('Other bodies are told the decision and no more', () => {
  const organisation = {
    addressee: { name: 'Health commissioners', role: 'organisation', addressLines: [] },
  } as const
  test.each([
    'refused-to-assess',
    'decided-not-to-issue',
    'final-plan',
    'amended-final-plan',
    'decided-to-assess',
    'considering-assessment',
    'request-withdrawn',
  ] as const)('%s', (kind) => {
    const said = words(renderLetter(compose(kind, organisation)))
    expect(said).not.toMatch(
      /right of appeal|mediation|progress we would expect|school can meet her needs|Quay Street|Ngozi/,
    )
    expect(said).toContain('Amara Okafor')
  })
  test('a draft is never sent to one', () => {
    expect(() => compose('draft-plan', organisation)).toThrow()
  })
})

describe('Who a letter speaks to', () => {
  const family = (kind: 'advice-request' | 'advice-chase') =>
    words(
      renderLetter(
        compose(kind, {
          addressee: { name: 'Ngozi Okafor', role: 'parent', addressLines: ['4 Quay Street'] },
        }),
      ),
    )
  test('a parent is asked for views and evidence, not for advice as a professional is', () => {
    for (const kind of ['advice-request', 'advice-chase'] as const) {
      expect(family(kind)).not.toMatch(/give advice|how much, how often|nothing to report|medical advice/)
      expect(family(kind)).toContain('Dear Ngozi Okafor')
    }
    expect(family('advice-request')).toMatch(/your views and any evidence/)
    expect(family('advice-request')).not.toContain('born')
  })
  test('an adviser is told which child: birthday and setting', () => {
    for (const kind of ['advice-request', 'advice-chase', 'setting-consultation'] as const)
      expect(words(renderLetter(compose(kind)))).toContain(
        'About: Amara Okafor, born 1 April 2014, attending Larkfield Primary School Dear colleague',
      )
  })
  test('views are said to be enclosed only when they are listed', () => {
    expect(words(renderLetter(compose('advice-request')))).not.toMatch(/sent with this letter/)
    const to = { name: 'Dr Ade', role: 'organisation', addressLines: [] } as const
    const letter = composeLetter('advice-request', {
      to: body,
      head: 'medical',
      enclosed: ['Views of Ngozi Okafor'],
      frame: frame({ addressee: to }),
    })
    expect(words(renderLetter(letter))).toMatch(/evidence are sent with this letter .*Views of Ngozi Okafor/)
  })
  test('section I reads as a sentence for a type', () => {
    const letter = composeLetter('final-plan', {
      placement: 'does not name a particular setting: it gives the type, mainstream primary school',
      planDate: '2025-02-10',
      frame: frame(),
    })
    expect(words(renderLetter(letter))).toContain(
      'Section I does not name a particular setting: it gives the type, mainstream primary school.',
    )
  })
})

test.each([
  ['a@b.example', '1 High Street', 'email', 'a@b.example', 'email'],
  ['a@b.example', null, 'post', 'a@b.example', 'email'],
  [null, '1 High Street', 'email', '1 High Street', 'post'],
  [null, null, 'email', 'Not sent: no address', null],
  [null, null, 'post', 'Address held by the SEND office', 'post'],
  [null, '1 High Street', 'portal', '1 High Street', 'post'],
] as const)(
  'to a body with email %s and address %s, asked for by %s: %s',
  (email, address, asked, to, how) => {
    expect(wayTo(email, address, asked)).toEqual({ to, how })
  },
)

describe('When the rights pass to the young person', () => {
  test.each([
    ['2009-09-01', '2026-06-26'],
    ['2009-08-31', '2025-06-27'],
    ['2010-01-15', '2026-06-26'],
  ])('born %s: compulsory school age ends %s', (born, ends) => {
    expect(iso(compulsorySchoolAgeEnds(date(born)))).toBe(ends)
    expect(isYoungPerson(born, ends)).toBe(false)
  })
  test('the young person is spoken to as “you”', () => {
    const letter = compose('decided-to-assess', {
      addressee: { name: 'Amara Okafor', role: 'young-person', addressLines: [] },
    })
    expect(words(renderLetter(letter))).toContain('assessment of you.')
  })
})

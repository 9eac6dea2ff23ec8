/** What a setting may answer. */
export const ANSWERS = {
  yes: 'We can meet these needs',
  conditions: 'We can meet these needs, on conditions',
  no: 'We say we cannot',
} as const
export type AnswerName = keyof typeof ANSWERS

/** The only grounds on which a setting asked for by the family may be left out: Children and Families Act 2014, s.39(4). */
export const GROUNDS = {
  age: 'Unsuitable for the child’s age (section 39(4)(a))',
  ability: 'Unsuitable for the child’s ability (section 39(4)(a))',
  aptitude: 'Unsuitable for the child’s aptitude (section 39(4)(a))',
  needs: 'Unsuitable for the child’s special educational needs (section 39(4)(a))',
  others: 'Not compatible with the efficient education of others (section 39(4)(b)(i))',
  resources: 'Not compatible with the efficient use of resources (section 39(4)(b)(ii))',
} as const
export type Ground = keyof typeof GROUNDS

export const answerWords = (answer: string | null): string =>
  answer !== null && Object.hasOwn(ANSWERS, answer) ? ANSWERS[answer as AnswerName] : 'Not said yet'
export const groundWords = (ground: string): string =>
  Object.hasOwn(GROUNDS, ground) ? GROUNDS[ground as Ground] : ground

export const pounds = (pence: number | null): string | null =>
  pence === null
    ? null
    : `£${(pence / 100).toLocaleString('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`

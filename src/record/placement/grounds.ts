import type { Standing } from './kinds-of-setting.ts'

/** The only grounds on which something else may be decided than a family asked for, each with its law. */
export const NAMING_GROUNDS = {
  unsuitable: {
    words: 'It is unsuitable for the age, ability, aptitude or special educational needs of this child',
    law: 'Children and Families Act 2014, section 39(4)(a)',
    against: 'request',
  },
  others: {
    words:
      'The child’s attendance would be incompatible with the provision of efficient education for others',
    law: 'Children and Families Act 2014, section 39(4)(b)(i)',
    against: 'request',
  },
  resources: {
    words: 'The child’s attendance would be incompatible with the efficient use of resources',
    law: 'Children and Families Act 2014, section 39(4)(b)(ii)',
    against: 'request',
  },
  inappropriate: {
    words: 'The council does not think it appropriate for this child',
    law: 'Children and Families Act 2014, section 40(2)',
    against: 'preference',
  },
  'public-expenditure': {
    words:
      'It is not compatible with efficient instruction and training, or it would be unreasonable public expenditure',
    law: 'Education Act 1996, section 9',
    against: 'preference',
  },
  s61: {
    words: 'It would be inappropriate for the provision to be made in any school or college',
    law: 'Children and Families Act 2014, section 61',
    against: 'any',
  },
} as const satisfies Record<string, { words: string; law: string; against: 'request' | 'preference' | 'any' }>
export type NamingGround = keyof typeof NAMING_GROUNDS
export const isNamingGround = (text: string): text is NamingGround => Object.hasOwn(NAMING_GROUNDS, text)

/** What a family asked for, and in what right. */
export interface AskedFor {
  readonly urn: string | null
  readonly name: string
  readonly standing: Standing
}

export interface NamingChoice {
  readonly form: 'named' | 'type-only' | 'otherwise'
  readonly urn: string | null
  readonly grounds: readonly NamingGround[]
  readonly evidence: string
}

/** What stands in the way of a decision in law, by field; nothing when it may stand. */
export function problemsOfNaming(
  choice: NamingChoice,
  asked: AskedFor | null,
): readonly { readonly field: 'grounds' | 'evidence'; readonly text: string }[] {
  const follows = choice.form === 'named' && asked !== null && choice.urn === asked.urn
  if (follows)
    return choice.grounds.length === 0
      ? []
      : [
          {
            field: 'grounds',
            text: 'This names what the family asked for, so no ground for refusing it applies. Take the ticks away',
          },
        ]
  if (choice.form === 'otherwise' && !choice.grounds.includes('s61'))
    return [
      {
        field: 'grounds',
        text: 'Education otherwise than in a school or college needs section 61: tick it if provision in any would be inappropriate, or choose another answer',
      },
    ]
  if (asked === null) return []
  const isRequest = asked.standing !== 'preference'
  const fitting = choice.grounds.filter((ground) =>
    isRequest ? NAMING_GROUNDS[ground].against === 'request' : NAMING_GROUNDS[ground].against !== 'any',
  )
  if (isRequest && fitting.length === 0)
    return [
      {
        field: 'grounds',
        text: `The family asked for ${asked.name}. It must be named unless one of the grounds of section 39(4) applies: choose which`,
      },
    ]
  if (!isRequest && fitting.length === 0)
    return [
      {
        field: 'grounds',
        text: `The family prefers ${asked.name}. Say why it is not named: their wish must be considered (section 9, Education Act 1996)`,
      },
    ]
  return choice.evidence.trim() === ''
    ? [
        {
          field: 'evidence',
          text: 'Say what evidence the ground rests on. A setting’s “no” is not enough by itself',
        },
      ]
    : []
}

/** The law that a decision rests on, in words for the record and the letter. */
export function lawOfNaming(choice: NamingChoice, asked: AskedFor | null): string {
  if (choice.form === 'otherwise') return NAMING_GROUNDS.s61.law
  if (asked === null) return 'Children and Families Act 2014, section 40(2)'
  if (choice.form === 'named' && choice.urn === asked.urn)
    return asked.standing === 'preference'
      ? 'Children and Families Act 2014, section 40(2), with Education Act 1996, section 9'
      : 'Children and Families Act 2014, section 39(3)'
  return [
    ...choice.grounds.map((ground) => NAMING_GROUNDS[ground].law),
    asked.standing === 'preference' ? '' : 'and section 39(5)',
  ]
    .filter(Boolean)
    .join('; ')
}

/** Who asks for a change of the plan in an appeal: the parents or the young person, or the authority. */
export type Party = 'authority' | 'family'
/** How words of a working document are typed: as the plan has them, as one side proposes, or as both agree. */
export type Mark = 'plain' | Party | 'agreed'

/** A stretch of a working document in one type. Struck words stand in the plan and are proposed, or agreed, to go. */
export interface TypedRun {
  readonly text: string
  readonly mark: Mark
  readonly struck: boolean
  /** It came from Word, and its type is not one the key has: somebody must look. */
  readonly why?: UnsureWhy
}
export type UnsureWhy = 'tracked' | 'two-types' | 'struck-only'

/** One line of the key: what a type looks like, and what it means. */
export interface KeyLine {
  readonly mark: Mark
  readonly struck: boolean
  readonly type: string
  readonly means: string
  /** Said before the words, for somebody who does not see the type. */
  readonly said: string
}

/**
 * The key the tribunal asks both sides to use, by date. Advice services and solicitors give the same one (IPSEA and the SEND
 * advice services of Essex and Surrey, read November 2026); it is a direction of the tribunal and no legislation, so a new one is
 * a new row here.
 */
export const TRIBUNAL_KEYS: readonly {
  readonly from: string
  readonly to: string | null
  readonly source: string
  readonly lines: readonly KeyLine[]
}[] = [
  {
    from: '2014-09-01',
    to: null,
    source: 'The First-tier Tribunal (SEND), as IPSEA gives it: ipsea.org.uk/the-working-document',
    lines: [
      { mark: 'plain', struck: false, type: 'Normal type', means: 'The plan as it stands', said: '' },
      {
        mark: 'agreed',
        struck: false,
        type: 'Underlined',
        means: 'Words both sides agree to put in',
        said: 'agreed, put in',
      },
      {
        mark: 'agreed',
        struck: true,
        type: 'Underlined and struck through',
        means: 'Words both sides agree to take out',
        said: 'agreed, take out',
      },
      {
        mark: 'family',
        struck: false,
        type: 'Bold',
        means: 'Words the parents or the young person ask to put in',
        said: 'the family asks to put in',
      },
      {
        mark: 'family',
        struck: true,
        type: 'Bold and struck through',
        means: 'Words the parents or the young person ask to take out',
        said: 'the family asks to take out',
      },
      {
        mark: 'authority',
        struck: false,
        type: 'Italic',
        means: 'Words the local authority asks to put in',
        said: 'the council asks to put in',
      },
      {
        mark: 'authority',
        struck: true,
        type: 'Italic and struck through',
        means: 'Words the local authority asks to take out',
        said: 'the council asks to take out',
      },
    ],
  },
]

/** The key in use on a day. */
export function tribunalKey(today: string): readonly KeyLine[] {
  const key = TRIBUNAL_KEYS.find((one) => one.from <= today && (one.to === null || one.to > today))
  if (!key) throw new Error(`no key for a working document on ${today}`)
  return key.lines
}

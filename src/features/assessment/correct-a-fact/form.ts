import { z } from 'zod'
import { ATTRIBUTES, type AttributeName, FACT_SPECIFICATIONS, type FactKind } from '../../../law/index.ts'
import { optionalDate, readTypedDate, type TypedDate, text } from '../../../platform/forms.ts'

/** Attributes that are decided elsewhere, or name what the fact is about: a correction leaves them alone. */
const FIXED: ReadonlySet<AttributeName> = new Set([
  'approvedBy',
  'claim',
  'limits',
  'ground',
  'head',
  'adviser',
  'setting',
])

/** What about a fact of this kind may be corrected, besides its date. */
export function correctable(kind: FactKind): readonly AttributeName[] {
  const specification = FACT_SPECIFICATIONS[kind]
  return [...(specification.required ?? []), ...(specification.optional ?? [])].filter(
    (name) => !FIXED.has(name),
  )
}

export type Correction =
  | { readonly what: 'mistake'; readonly why: string; readonly confirmed: string }
  | {
      readonly what: 'change'
      readonly why: string
      readonly confirmed: string
      readonly on: string | null
      readonly details: Readonly<Record<string, string | boolean | null>>
    }

/** The name of a field for an attribute. */
export const fieldOf = (name: AttributeName): string => `detail-${name}`

/** A correction: the right date and details, or that it never happened. A reason always. */
export const correctionForm = z.looseObject({}).transform((raw, context): Correction => {
  const value = raw as Record<string, unknown>
  const problem = (field: string, message: string) =>
    context.addIssue({ code: 'custom', path: [field], message })
  const why = text('Enter why it is being corrected', { max: 2000 }).safeParse(value['why'] ?? '')
  if (!why.success) problem('why', why.error.issues[0]!.message)
  const confirmed = typeof value['confirmed'] === 'string' ? value['confirmed'] : ''
  if (value['what'] !== 'change' && value['what'] !== 'mistake') {
    problem('what', 'Choose what is wrong')
    return z.NEVER
  }
  if (value['what'] === 'mistake') return { what: 'mistake', why: why.success ? why.data : '', confirmed }
  const on = optionalDate('the right date').safeParse(value['on'])
  if (!on.success) problem('on', on.error.issues[0]!.message)
  const details: Record<string, string | boolean | null> = {}
  for (const [name, attribute] of Object.entries(ATTRIBUTES)) {
    const field = fieldOf(name as AttributeName)
    if (!(field in value)) continue
    const typed = value[field]
    if (attribute.type === 'date') {
      const parts = typed as Partial<TypedDate>
      if (!parts.day && !parts.month && !parts.year) details[name] = null
      else {
        const read = readTypedDate(parts, 'the date')
        if ('iso' in read) details[name] = read.iso
        else problem(field, read.problem)
      }
    } else if (attribute.type === 'yes-no')
      details[name] = typed === 'yes' ? true : typed === 'no' ? false : null
    else if (attribute.type === 'one-of')
      details[name] =
        typeof typed === 'string' && (attribute.values as readonly string[]).includes(typed) ? typed : null
    else if (typeof typed === 'string') {
      if (typed.trim().length > 8000) problem(field, 'Use 8,000 characters or fewer')
      details[name] = typed.trim() || null
    }
  }
  return {
    what: 'change',
    why: why.success ? why.data : '',
    confirmed,
    on: on.success ? on.data : null,
    details,
  }
})

import { z } from 'zod'
import type { AdviceHead } from '../../../law/index.ts'
import { readTypedDate, type TypedDate } from '../../../platform/forms.ts'
import { allHeads, HEADS } from './heads.ts'

export interface Ask {
  readonly head: AdviceHead
  readonly adviser: string
  readonly account: string | null
  readonly email: string | null
  readonly receivedOn: string | null
}
export interface Existing {
  readonly head: AdviceHead
  readonly what: string
  readonly agreedBy: string
}
export interface Asking {
  readonly sentOn: string
  readonly how: 'post' | 'email' | 'by-hand' | 'portal'
  readonly asks: readonly Ask[]
  readonly existing: readonly Existing[]
}

const AGREED_BY = ['authority', 'family', 'author'] as const

/** One page, every head: each is asked for now, already covered by advice that all three agree is sufficient, or left for later. */
export const askingForm = z.looseObject({}).transform((raw, context): Asking => {
  const value = raw as Record<string, unknown>
  const words = (name: string): string =>
    typeof value[name] === 'string' ? value[name].trim().replaceAll(/\s+/g, ' ') : ''
  const problem = (field: string, message: string) =>
    context.addIssue({ code: 'custom', path: [field], message })
  const day = (name: string, what: string, required: boolean): string | null => {
    const typed = value[name] as Partial<TypedDate> | undefined
    if (!required && !typed?.day && !typed?.month && !typed?.year) return null
    const read = readTypedDate(typed, what)
    if ('iso' in read) return read.iso
    problem(name, read.problem)
    return null
  }
  const asks: Ask[] = []
  const existing: Existing[] = []
  for (const head of allHeads) {
    const choice = words(`${head}-do`)
    const title = HEADS[head].title.toLowerCase()
    if (choice === 'ask') {
      const [account, accountName] = words(`${head}-account`).split('|')
      const adviser = head === 'parent' ? 'The family' : accountName || words(`${head}-adviser`)
      if (adviser === '') problem(`${head}-adviser`, `Enter who is asked for the advice: ${title}`)
      if (adviser.length > 200) problem(`${head}-adviser`, 'Use 200 characters or fewer')
      asks.push({
        head,
        adviser,
        account: account || null,
        email: words(`${head}-email`) || null,
        receivedOn: day(`${head}-receivedOn`, 'the date they received it', false),
      })
    }
    if (choice === 'existing') {
      const what = words(`${head}-what`)
      const agreed = [value[`${head}-agreed`] ?? []].flat().map(String)
      if (what === '')
        problem(`${head}-what`, 'Enter which existing advice it is: its author, title and date')
      if (AGREED_BY.some((one) => !agreed.includes(one)))
        problem(
          `${head}-agreed`,
          'Existing advice can be used again only if its author, the family and the authority all agree that it is sufficient. If not, ask for new advice',
        )
      existing.push({ head, what, agreedBy: words(`${head}-agreedBy`) })
      if (words(`${head}-agreedBy`) === '')
        problem(
          `${head}-agreedBy`,
          'Enter who agreed: the name of the author, of the family member and of the officer',
        )
    }
  }
  if (asks.length === 0 && existing.length === 0)
    problem('parent-do', 'Choose at least one head of advice to ask for')
  const sentOn = day('sentOn', 'the date the requests were sent', true)
  const how = (['post', 'email', 'by-hand', 'portal'] as const).find((one) => one === words('how'))
  if (!how) problem('how', 'Choose how the requests were sent')
  return { sentOn: sentOn ?? '', how: how ?? 'email', asks, existing }
})

/** Ticks that may be several. */
export const askingLists = allHeads.map((head) => `${head}-agreed`)
export const askingDates = ['sentOn', ...allHeads.map((head) => `${head}-receivedOn`)]

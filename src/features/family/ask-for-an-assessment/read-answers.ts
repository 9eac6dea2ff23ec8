import { parseForm, readTypedDate } from '../../../platform/forms.ts'
import type { FieldError } from '../../../platform/routes.ts'
import { readPostcode } from '../../children/the-child/index.ts'
import type { Answers } from './drafts.ts'
import { type Page, pagesAsked, problemsAcross } from './form.ts'

/** The date of birth as it was typed, ISO, when it can be read. */
export function bornOnOf(answers: Answers): string | undefined {
  const read = readTypedDate(
    {
      day: answers['bornOn-day'] ?? '',
      month: answers['bornOn-month'] ?? '',
      year: answers['bornOn-year'] ?? '',
    },
    'the date of birth',
  )
  return 'iso' in read ? read.iso : undefined
}

/** What is wrong with one page as answered; nothing when it may be kept. */
export function problemsOf(page: Page, answers: Answers, today: string): readonly FieldError[] {
  const parsed = parseForm(page.schema, answers)
  return parsed.ok ? problemsAcross(page.slug, answers, bornOnOf(answers), today) : parsed.errors
}

/** The first page that still needs an answer before the request can be sent. */
export const firstUnanswered = (answers: Answers, today: string): Page | undefined =>
  pagesAsked(answers).find((page) => problemsOf(page, answers, today).length > 0)

/** The fields of a page out of everything posted, each as typed. */
export const answersOf = (page: Page, form: Answers): Answers =>
  Object.fromEntries(page.fields.map((field) => [field, (form[field] ?? '').trim()]))

/** What is worked out from the answers as they are sent: whose name is on it, and what finds the child. */
export function derived(answers: Answers): Answers {
  const postcode = readPostcode(answers['postcode'] ?? '')
  return {
    yourName:
      answers['askedBy'] === 'young-person'
        ? `${answers['givenName'] ?? ''} ${answers['familyName'] ?? ''}`.trim()
        : (answers['yourName'] ?? ''),
    bornOn: bornOnOf(answers) ?? '',
    ...(postcode.ok ? { postcode: postcode.value } : {}),
  }
}

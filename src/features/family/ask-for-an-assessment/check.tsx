import type { SummaryRow } from '../../../ui/parts/index.ts'
import { relationshipWords } from '../../children/the-child/index.ts'
import type { Answers } from './drafts.ts'
import { ASKING, FORMATS, LEARNS } from './form.ts'

const wordsOf = (labels: Readonly<Record<string, string>>, key: string | undefined): string =>
  (key && labels[key]) || ''

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
)
/** A date as it was typed, in words where it can be read. */
const typedDate = (answers: Answers, name: string): string => {
  const [day, month, year] = [`${name}-day`, `${name}-month`, `${name}-year`].map(
    (part) => answers[part] ?? '',
  )
  return [day, MONTHS[Number(month) - 1] ?? month, year].filter(Boolean).join(' ')
}

/** Formats that were ticked, in words. */
export const formatsInWords = (ticked: string | undefined): readonly string[] =>
  (ticked ?? '').split(',').flatMap((key) => (key in FORMATS ? [FORMATS[key as keyof typeof FORMATS]] : []))

/** Each answer with its page, as it will be sent and as the copy shows it. */
export function rowsOf(
  answers: Answers,
): readonly { readonly page: string; readonly key: string; readonly value: string }[] {
  const known = answers['child'] ? `${answers['givenName'] ?? ''} ${answers['familyName'] ?? ''}`.trim() : ''
  const isForMyself = answers['askedBy'] === 'young-person'
  const about = known
    ? [{ page: '', key: 'About', value: known }]
    : [
        {
          page: 'name',
          key: isForMyself ? 'Your name' : 'Child’s name',
          value: `${answers['givenName'] ?? ''} ${answers['familyName'] ?? ''}`.trim(),
        },
        { page: 'born', key: 'Born', value: typedDate(answers, 'bornOn') },
        {
          page: 'sex',
          key: 'Female or male',
          value: wordsOf({ F: 'Female', M: 'Male', 'not-said': 'Not said' }, answers['sex']),
        },
        {
          page: 'where',
          key: 'Lives at',
          value: [answers['addressLine'], answers['town'], answers['postcode']].filter(Boolean).join(', '),
        },
        {
          page: 'learning',
          key: 'Learns at',
          value: [wordsOf(LEARNS, answers['learns']), answers['school']].filter(Boolean).join(': '),
        },
      ]
  return [
    { page: 'who', key: 'Asking', value: wordsOf(ASKING, answers['askedBy']) },
    ...about,
    { page: 'why', key: 'What you told us', value: answers['why'] ?? '' },
    ...(isForMyself
      ? []
      : [
          { page: 'you', key: 'Your name', value: answers['yourName'] ?? '' },
          {
            page: 'you',
            key: 'You are',
            value: answers['relationship'] ? relationshipWords(answers['relationship']) : '',
          },
        ]),
    {
      page: 'reach-you',
      key: 'How to reach you',
      value: [answers['email'], answers['phone'], answers['yourAddress']].filter(Boolean).join('\n'),
    },
    {
      page: 'help',
      key: 'What you need',
      value: [
        answers['interpreter'] ? `Interpreter: ${answers['interpreter']}` : '',
        ...formatsInWords(answers['formats']),
        answers['otherHelp'] ?? '',
      ]
        .filter(Boolean)
        .join('\n'),
    },
  ]
}

/** What was typed in several lines, in several lines; text of any direction reads its own way. */
export const Lines = ({ words }: { readonly words: string }) => (
  <span dir="auto" class="app-as-typed">
    {words || 'Not answered'}
  </span>
)

/** Answers as a list; with links to change them while they may be. */
export const summaryRows = (answers: Answers, changeHref?: (page: string) => string): readonly SummaryRow[] =>
  rowsOf(answers).map(({ page, key, value }) => ({
    key,
    value: <Lines words={value} />,
    ...(changeHref && page
      ? { action: { text: 'Change', href: changeHref(page), about: key.toLowerCase() } }
      : {}),
  }))

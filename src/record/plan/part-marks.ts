import { checkWords, type Mark, type WhereItStands } from '../words-that-bind/index.ts'
import { amountInWords } from './amount.ts'
import { MODES } from './code-sets.ts'
import type { PlanPart, ProvisionContent } from './parts.ts'

/** A stretch of a part's words that may not bind, and the question it was typed in. */
export interface PartMark extends Mark {
  readonly partId: string
  readonly field: string
}

/** The checker's place for a section; the others hold no needs, outcomes or provision, and are never marked. */
const placeOf = (part: PlanPart): WhereItStands | null => {
  if (part.kind === 'need' || part.kind === 'outcome' || part.kind === 'provision')
    return part.section as WhereItStands
  // A text that says nothing was identified promises nothing.
  if (part.kind !== 'text' || part.slot === 'none') return null
  return (['B', 'C', 'D', 'E', 'F', 'G', 'H1', 'H2'] as readonly string[]).includes(part.section)
    ? (part.section as WhereItStands)
    : null
}

/** One question's words, and where they begin in the text that is read as one promise. */
interface Stretch {
  readonly field: string
  readonly start: number
  readonly words: string
}

/** A line of provision is asked for in several questions: they are read together, as the family will read them. */
function lineAsText(line: ProvisionContent): {
  readonly text: string
  readonly stretches: readonly Stretch[]
} {
  const stretches: Stretch[] = []
  let text = ''
  const say = (label: string, field: string, words: string): void => {
    if (words === '') return
    text += `${text === '' ? '' : '\n'}${label}`
    stretches.push({ field, start: text.length, words })
    text += words
  }
  say('', 'words', line.words)
  say('By whom: ', 'who', [line.who, line.qualification].filter(Boolean).join(', '))
  say('How often: ', 'length', amountInWords(line))
  say(
    'Group: ',
    'groupSize',
    [line.mode ? MODES[line.mode].toLowerCase() : '', line.groupSize ? `a group of ${line.groupSize}` : '']
      .filter(Boolean)
      .join(', '),
  )
  return { text, stretches }
}

const hasAmount = (line: ProvisionContent): boolean =>
  line.count !== null && line.every !== null && (line.minutes !== null || line.mode === 'to-staff')

/**
 * The marks on the words of one part. Of a line of provision the questions are read together: what one leaves open, another
 * may fix, and an amount given as numbers is an amount.
 */
export function marksOfPart(part: PlanPart): readonly PartMark[] {
  const place = placeOf(part)
  if (place === null) return []
  if (part.kind === 'provision') {
    const line = part.content
    const { text, stretches } = lineAsText(line)
    return checkWords(text, { section: place }).flatMap((mark) => {
      const at = stretches.find((one) => one.start < mark.end && one.start + one.words.length > mark.start)
      if (!at) return []
      // What is missing is missing of the whole line: it is said once, beside what is to be provided.
      if (mark.rule.startsWith('missing-') && at.field !== 'words') return []
      if (mark.rule === 'missing-quantity' && hasAmount(line)) return []
      if (mark.rule === 'missing-deliverer' && line.who !== '' && line.qualification !== '') return []
      const start = Math.max(0, mark.start - at.start)
      const end = Math.min(at.words.length, mark.end - at.start)
      return [
        { ...mark, start, end, words: at.words.slice(start, end), partId: part.partId, field: at.field },
      ]
    })
  }
  const { words } = part.content as { readonly words: string }
  return checkWords(words, { section: place }).map((mark) => ({
    ...mark,
    partId: part.partId,
    field: 'words',
  }))
}

/** The marks on a whole plan, in reading order. */
export const marksOfPlan = (parts: readonly PlanPart[]): readonly PartMark[] => parts.flatMap(marksOfPart)

import { amountInWords, type PlanPart } from '../../../record/plan/index.ts'

/** A line of a plan as it is quoted beside what somebody says of it. */
export function quoteOf(part: PlanPart): string {
  switch (part.kind) {
    case 'provision': {
      const { words, who } = part.content
      return [words, who, amountInWords(part.content)].filter((text) => text.trim() !== '').join('\n')
    }
    case 'outcome': {
      const { words, byWhen, measure } = part.content
      return [words, byWhen, measure].filter((text) => text.trim() !== '').join('\n')
    }
    case 'appendix':
      return [part.content.title, part.content.author].filter((text) => text.trim() !== '').join(', ')
    case 'placement':
      return [part.content.name, part.content.type].filter((text) => text.trim() !== '').join(', ')
    default:
      return part.content.words
  }
}

import { dayInWords } from '../../../ui/parts/index.ts'
import { type Question, specialistWords } from '../ask-a-specialist/index.ts'
import type { EvidencePart } from '../support-a-pupil/index.ts'

/** What specialists were asked and what they answered, oldest first, as part of the evidence of a request. */
export const questionsAsEvidence = (questions: readonly Question[]): readonly EvidencePart[] =>
  questions
    .toSorted((a, b) => (a.asked_on < b.asked_on ? -1 : 1))
    .map((one) => ({
      heading: `Question to ${specialistWords(one.specialist).toLowerCase()}, ${dayInWords(one.asked_on)}`,
      lines: [
        one.question,
        ...(one.tried ? [`Tried before asking: ${one.tried}`] : []),
        one.answer
          ? `Answered on ${dayInWords(one.answered_on!)} by ${one.answered_for ?? 'the locality team'}: ${one.answer}`
          : `Not answered yet; promised by ${dayInWords(one.reply_by)}`,
      ],
    }))

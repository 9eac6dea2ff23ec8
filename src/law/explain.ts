/** Puts the reasons for a deadline into sentences: for staff with the law cited, for families in plain
 *  words, the same dates, and the truth when it is late. */
import type { Deadline } from './deadline.ts'
import { dutySentence, familySentences } from './explain/family.ts'
import { staffSentences } from './explain/staff.ts'

export type Audience = 'staff' | 'family'

/** What must or may be done and by when, in a family's words, with nothing said of whether it has been done. */
export const explainDuty = (deadline: Deadline): string => dutySentence(deadline)

/** Sentences in reading order. The first says where it stands. */
export function explain(deadline: Deadline, audience: Audience): string[] {
  return audience === 'staff' ? staffSentences(deadline) : familySentences(deadline)
}

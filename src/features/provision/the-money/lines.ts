import type { Trx } from '../../../db/viewer.ts'
import type { ProvisionContent } from '../../../record/plan/index.ts'
import { findPlanOfChild, loadParts } from '../../plan/the-plan/index.ts'

/** A line of provision as money refers to it. */
export interface MoneyLine {
  readonly id: string
  readonly section: string
  readonly words: string
}

const shortened = (words: string): string => (words.length > 90 ? `${words.slice(0, 87).trimEnd()}…` : words)

/** The lines of provision of a child's plan, as they stand. */
export async function findLines(trx: Trx, childId: string): Promise<readonly MoneyLine[]> {
  const plan = await findPlanOfChild(trx, childId)
  if (!plan) return []
  return (await loadParts(trx, plan.id))
    .filter((part) => part.kind === 'provision')
    .map((part) => ({
      id: part.partId,
      section: part.section,
      words: shortened((part.content as ProvisionContent).words),
    }))
}

/** How a line is named in a list: its section, then its words. */
export const nameOfLine = (line: MoneyLine): string => `${line.section}: ${line.words}`

import type { AttributeName } from './attributes.ts'

/** The life a fact belongs to. Facts of one lane are paired by their process id when both carry one;
 *  facts of different lanes are paired by chronology. */
export type Lane =
  | 'assessment'
  | 'plan'
  | 'review'
  | 'reassessment'
  | 'move'
  | 'mediation'
  | 'appeal'
  | 'money'
  | 'education'
  | 'complaint'
  | 'any'

export interface FactSpecification {
  readonly label: string
  readonly meaning: string
  readonly lane: Lane
  /** May lie in the future: arranged, not yet happened. */
  readonly plannable?: boolean
  readonly required?: readonly AttributeName[]
  readonly optional?: readonly AttributeName[]
}

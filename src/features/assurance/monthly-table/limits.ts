import { date, type PlainDate } from '../../../law/index.ts'
import { ALL_RULES } from '../../../law/rules/all-rules.ts'

/** The three limits that the table judges by, in days, read from the law's rules as they stood on the day of receipt. */
export const decisionDays = (receivedOn: PlainDate): number => weeksOf('decision-to-assess', receivedOn)
export const finalPlanDays = (receivedOn: PlainDate): number => weeksOf('final-plan', receivedOn)
/** After a tribunal's order, or an agreement at mediation, to assess: SEND Regulations 2014, regs 42(2) and 44(2)(b). */
export const orderedPlanDays = (orderedOn: PlainDate): number => weeksOf('order-assess-final-plan', orderedOn)

/** After an order, or an agreement at mediation, to make a plan: regs 42(2) and 44(2)(c). */
export const orderedToMakePlanDays = (orderedOn: PlainDate): number =>
  weeksOf('order-make-plan-final', orderedOn)

const held = new Map<string, readonly { readonly from: PlainDate; readonly days: number }[]>()

/** @throws when the law holds no number of weeks for the rule */
function weeksOf(ruleId: string, on: PlainDate): number {
  let versions = held.get(ruleId)
  if (versions === undefined) {
    const rule = ALL_RULES.find((one) => one.id === ruleId)
    if (rule === undefined) throw new Error(`the law has no rule ${ruleId}`)
    versions = rule.versions.map((version) => {
      if (!('n' in version.length) || version.length.unit !== 'weeks')
        throw new Error(`${ruleId} is not a number of weeks`)
      return { from: date(version.from), days: version.length.n * 7 }
    })
    held.set(ruleId, versions)
  }
  // A date before the law began is a slip of the keyboard: it is judged by the first version.
  return (versions.findLast((version) => version.from <= on) ?? versions[0]!).days
}

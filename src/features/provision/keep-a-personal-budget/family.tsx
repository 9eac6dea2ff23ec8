import type { JSX } from 'preact'
import { pounds } from '../../../record/money/index.ts'
import { dayInWords, SummaryCard } from '../../../ui/parts/index.ts'
import type { DirectPayment, PersonalBudget } from './queries.ts'

const PER: Readonly<Record<DirectPayment['per'], string>> = {
  once: 'paid once',
  week: 'each week',
  month: 'each month',
  year: 'each year',
}
const STATES: Readonly<Record<PersonalBudget['state'], string>> = {
  prepared: 'We have worked it out. You can say yes or no.',
  'taken-up': 'You have one.',
  'not-taken-up': 'You said no to it. You can ask again when the plan is reviewed.',
  ended: 'It has ended.',
}

/** A family's own personal budget, in plain words: for the page of their plan. Nothing is drawn where there is none. */
export function FamilyBudget({
  budget,
  payments,
  today,
}: {
  readonly budget: PersonalBudget | undefined
  readonly payments: readonly DirectPayment[]
  readonly today: string
}): JSX.Element | null {
  const standing = payments.filter((one) => one.to === null || one.to > today)
  if (!budget && standing.length === 0) return null
  return (
    <SummaryCard
      title="Personal budget"
      rows={[
        ...(budget
          ? [
              { key: 'Where it is', value: STATES[budget.state] },
              ...(budget.yearlyPence === null
                ? []
                : [{ key: 'Money for a year', value: pounds(budget.yearlyPence) }]),
            ]
          : []),
        ...standing.map((one) => ({
          key: 'Paid to you',
          value: `${pounds(one.pence)}, ${PER[one.per]}, from ${dayInWords(one.from)}. You must spend it on the help in the plan it is for. It cannot pay for a place at a school or college.`,
        })),
      ]}
    />
  )
}

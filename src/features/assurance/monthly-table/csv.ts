import { stringify } from 'csv-stringify/sync'
import type { MonthlyTable, TableMonth } from './table.ts'

/** The raw counts, one row a month, both years: what a spreadsheet needs and nothing rounded away. */
export function tableCsv(table: MonthlyTable): string {
  const row = (month: TableMonth, used: boolean) => [
    month.month,
    month.requests.value,
    month.decisionsWithinSixWeeks.numerator,
    month.decisionsWithinSixWeeks.denominator,
    month.decisionsWithinSixWeeks.percent ?? '',
    month.decisionsWithinSixWeeks.settled,
    month.decisionsWithinSixWeeks.openOverdue,
    month.plansWithinTwentyWeeks.numerator,
    month.plansWithinTwentyWeeks.denominator,
    month.plansWithinTwentyWeeks.percent ?? '',
    month.plansWithinTwentyWeeks.settled,
    month.plansWithinTwentyWeeks.openOverdue,
    used ? 'yes' : 'no',
    table.asAt,
    table.convention,
    table.exceptions,
    table.definitionVersion,
  ]
  return stringify([
    [
      'month',
      'requests',
      'decisions_in_6_weeks',
      'decisions',
      'decisions_in_6_weeks_percent',
      'decisions_status',
      'undecided_overdue_at_month_end',
      'plans_in_20_weeks',
      'plans',
      'plans_in_20_weeks_percent',
      'plans_status',
      'plans_overdue_at_month_end',
      'in_averages',
      'as_at',
      'convention',
      'exceptions',
      'definition_version',
    ],
    ...table.previousYear.months.map((month) => row(month, true)),
    ...table.months.map((month) => row(month, true)),
    ...table.laterMonths.map((month) => row(month, false)),
  ])
}

import { sql } from 'kysely'
import type { Trx } from '../../../db/viewer.ts'
import type { MonthlyTable, TableMonth } from './table.ts'

/**
 * What leaves the service for the board: numbers only, with small counts held back before they are stored, so that no
 * reader of the publication can reach what was held back. It is a copy as at a day, signed for by whoever published it.
 */
export interface PublishedShare {
  readonly percent: number | null
  /** Null when held back. */
  readonly numerator: number | null
  readonly denominator: number | null
  readonly provisional: boolean
}

export interface PublishedMonth {
  readonly month: string
  readonly label: string
  readonly requests: number | null
  readonly decisions: PublishedShare
  readonly plans: PublishedShare
}

export interface Publication {
  readonly asAt: string
  readonly authority: string
  readonly convention: string
  readonly conventionInWords: string
  readonly exceptions: string
  readonly definitionVersion: string
  readonly year: number
  readonly months: readonly PublishedMonth[]
  readonly previousMonths: readonly PublishedMonth[]
  readonly requests: {
    readonly mean: number | null
    readonly withoutAugust: number | null
    readonly previousMean: number | null
  }
  readonly decisions: PublishedAverages
  readonly plans: PublishedAverages
  readonly parentPercent: number | null
  readonly openPlans: number | null
  readonly notes: readonly string[]
}

interface PublishedAverages {
  readonly meanOfMonths: number | null
  readonly pooled: number | null
  readonly previousMeanOfMonths: number | null
  readonly previousPooled: number | null
}

/** One to four: few enough that somebody could be known by it. Nought says nothing of anybody. */
export const isSmall = (count: number): boolean => count >= 1 && count <= 4

/** A share gives a small count away when its numerator, what is left over, or the whole is small. */
const sharesSmall = (numerator: number, denominator: number): boolean =>
  isSmall(numerator) || isSmall(denominator - numerator) || isSmall(denominator)

/**
 * Which cells of a row to hold back: the small ones and, where only one would be, the next smallest too, for otherwise
 * the total less the others would give it.
 */
export function heldBack(
  cells: readonly { readonly size: number; readonly small: boolean }[],
): readonly boolean[] {
  const held = cells.map((cell) => cell.small)
  if (held.filter(Boolean).length !== 1) return held
  let second = -1
  for (const [index, cell] of cells.entries())
    if (!cell.small && cell.size > 0 && (second < 0 || cell.size < cells[second]!.size)) second = index
  return held.map((is, index) => is || index === second)
}

function publishMonths(months: readonly TableMonth[]): PublishedMonth[] {
  const requests = heldBack(
    months.map((month) => ({ size: month.requests.value, small: isSmall(month.requests.value) })),
  )
  const hiddenOf = (of: (month: TableMonth) => TableMonth['plansWithinTwentyWeeks']): readonly boolean[] =>
    heldBack(
      months.map((month) => {
        const { numerator, denominator } = of(month)
        return { size: denominator - numerator, small: sharesSmall(numerator, denominator) }
      }),
    )
  const decisions = hiddenOf((month) => month.decisionsWithinSixWeeks)
  const plans = hiddenOf((month) => month.plansWithinTwentyWeeks)
  const share = (figure: TableMonth['plansWithinTwentyWeeks'], hidden: boolean): PublishedShare => ({
    // A per cent of a few cases gives them away by itself; of many, it does not.
    percent: isSmall(figure.denominator) ? null : figure.percent,
    numerator: hidden ? null : figure.numerator,
    denominator: hidden ? null : figure.denominator,
    provisional: figure.settled !== 'settled',
  })
  return months.map((month, index) => ({
    month: month.month,
    label: month.label,
    requests: requests[index] ? null : month.requests.value,
    decisions: share(month.decisionsWithinSixWeeks, decisions[index] === true),
    plans: share(month.plansWithinTwentyWeeks, plans[index] === true),
  }))
}

/** The table as it may leave: no case, no small count, nothing to subtract one from. */
export function toPublication(table: MonthlyTable): Publication {
  const { averages, previousYear } = table
  const of = (key: 'decisionsWithinSixWeeks' | 'plansWithinTwentyWeeks'): PublishedAverages => ({
    meanOfMonths: averages[key].meanOfMonths,
    pooled: averages[key].pooled.percent,
    previousMeanOfMonths: previousYear.averages[key].meanOfMonths,
    previousPooled: previousYear.averages[key].pooled.percent,
  })
  const months = publishMonths(table.months)
  const held = months.some((month) => month.requests === null)
  return {
    asAt: table.asAt,
    authority: table.authority.name,
    convention: table.convention,
    conventionInWords: table.conventionInWords,
    exceptions: table.exceptions,
    definitionVersion: table.definitionVersion,
    year: table.year,
    months,
    previousMonths: publishMonths(previousYear.months),
    requests: {
      mean: averages.requests.meanPerMonth,
      withoutAugust: held ? null : averages.requests.meanWithoutAugust,
      previousMean: previousYear.requestsPerMonth,
    },
    decisions: of('decisionsWithinSixWeeks'),
    plans: of('plansWithinTwentyWeeks'),
    parentPercent: isSmall(table.sourceOfRequest.parents) ? null : table.sourceOfRequest.parentPercent,
    openPlans: isSmall(table.openPlans.total) ? null : table.openPlans.total,
    notes: table.notes,
  }
}

/** Publications are dated rows that are added to and never changed: the newest is shown, the older stay. */
const KEY = 'publication.monthly-table'

export async function publish(trx: Trx, publication: Publication, by: string | null): Promise<void> {
  await trx
    .insertInto('authority_setting')
    .values({
      key: KEY,
      value: JSON.stringify(publication),
      valid_from: publication.asAt,
      set_by: by,
      why: 'Published to the board',
    })
    .execute()
}

export interface Published {
  readonly publication: Publication
  readonly publishedAt: string
}

/** The latest publication known on a day; undefined when nothing has been published. */
export async function findPublication(trx: Trx, today: string): Promise<Published | undefined> {
  const { rows } = await sql<{ value: Publication; set_at: string }>`
    select value, set_at from authority_setting where key = ${KEY} and valid_from <= ${today}::date order by valid_from desc, id desc limit 1`.execute(
    trx,
  )
  const row = rows[0]
  return row && { publication: row.value, publishedAt: row.set_at }
}

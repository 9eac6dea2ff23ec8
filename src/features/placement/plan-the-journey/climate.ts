import type { Trx } from '../../../db/viewer.ts'
import { date, longDate, toCivil } from '../../../law/index.ts'
import { type ClimateLine, climateLine, factorYearFor, travelFigures } from '../../../record/travel/index.ts'
import { findJourneysInForce } from './queries.ts'

export type ClimateReport = ClimateLine

/**
 * The climate line of the committee report: a sentence, and the figures it rests on.
 * @param asAt ISO day
 * @param options published: for readers outside the service, with small numbers held back; factorYear: where not the newest
 * held that is not after the day
 */
export async function climateReport(
  trx: Trx,
  asAt: string,
  options: { readonly published: boolean; readonly factorYear?: number },
): Promise<ClimateReport> {
  const year = options.factorYear ?? factorYearFor(toCivil(date(asAt)).year)
  const figures = travelFigures(await findJourneysInForce(trx, asAt), year)
  return climateLine(figures, year, asAt, longDate(date(asAt)), options.published)
}

/** The money of plans as its pages share it: costs, bands, shares, everything payable as dated sums, and fields for money. */
export { MONEY_STAGES, moneyField } from './form.ts'
export { findLines, type MoneyLine, nameOfLine } from './lines.ts'
export {
  type ChildBand,
  COST_PER,
  type Cost,
  type CostPer,
  findBandNames,
  findChildBands,
  findCosts,
  findPayable,
  findShares,
  type Payable,
  type SharesFrom,
} from './queries.ts'

export { MonthlyChart, type MonthlyChartProps, type MonthlySeries, monthInWords } from './monthly-chart.tsx'
export {
  type LiftedPeriod,
  type LineEvent,
  type LineMark,
  TwentyWeekLine,
  type TwentyWeekLineProps,
} from './twenty-week-line.tsx'

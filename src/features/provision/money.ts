/** The money of plans: costs, bands and shares; ring-fenced sums; personal budgets and direct payments; payments by month. */
import type { Route } from '../../platform/routes.ts'
import { routes as fundThePlanRoutes } from './fund-the-plan/index.ts'
import { routes as personalBudgetRoutes } from './keep-a-personal-budget/index.ts'
import { routes as ringFenceRoutes } from './ring-fence-a-sum/index.ts'
import { routes as schedulePaymentsRoutes } from './schedule-payments/index.ts'
import { routes as setBandsRoutes } from './set-bands/index.ts'

export const moneyRoutes: readonly Route[] = [
  ...fundThePlanRoutes,
  ...ringFenceRoutes,
  ...personalBudgetRoutes,
  ...schedulePaymentsRoutes,
  ...setBandsRoutes,
]

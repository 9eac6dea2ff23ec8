/** Everything said about a plan besides its words: comments of professionals with their answers, meetings, and the child's own page. */
import type { Route } from '../../platform/routes.ts'
import { routes as answerCommentsRoutes } from './answer-comments/index.ts'
import { routes as commentAsAProfessionalRoutes } from './comment-as-a-professional/index.ts'
import { routes as meetTheFamilyRoutes } from './meet-the-family/index.ts'
import { routes as myPlanRoutes } from './my-plan/index.ts'

export const planSharingRoutes: readonly Route[] = [
  ...commentAsAProfessionalRoutes,
  ...answerCommentsRoutes,
  ...meetTheFamilyRoutes,
  ...myPlanRoutes,
]

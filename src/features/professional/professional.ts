/** Everything at the professional's door, in the order advice goes. */
import type { Route } from '../../platform/routes.ts'
import { routes as passOrDecline } from './pass-or-decline/index.ts'
import { routes as seeOurService } from './see-our-service/index.ts'
import { routes as seeWhatIsAsked } from './see-what-is-asked/index.ts'
import { routes as writeAdvice } from './write-advice/index.ts'

export const professionalRoutes: readonly Route[] = [
  ...seeWhatIsAsked,
  ...writeAdvice,
  ...passOrDecline,
  ...seeOurService,
]

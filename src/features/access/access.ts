import type { Route } from '../../platform/routes.ts'
import { routes as breakTheGlass } from './break-the-glass/index.ts'
import { routes as giveAnAudit } from './give-an-audit/index.ts'
import { routes as knowAChildAtHome } from './know-a-child-at-home/index.ts'
import { routes as letAnAdvocateIn } from './let-an-advocate-in/index.ts'
import { routes as noteCapacity } from './note-capacity/index.ts'
import { routes as seeWhoLooked } from './see-who-looked-staff/index.ts'
import { routes as whoMaySee } from './who-may-see-this-child/index.ts'

/** The pages by which staff keep who may see what. */
export const accessRoutes: readonly Route[] = [
  ...breakTheGlass,
  ...whoMaySee,
  ...seeWhoLooked,
  ...letAnAdvocateIn,
  ...noteCapacity,
  ...giveAnAudit,
  ...knowAChildAtHome,
]

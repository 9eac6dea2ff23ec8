import type { Database } from '../../db/connection.ts'
import type { Authority } from '../../platform/authority.ts'
import type { Route } from '../../platform/routes.ts'
import { chooseWhoToBe, type HomeOf, signOut } from './routes.tsx'

/** Training: choose who to be. A live authority has no such page; its sign-in is by its own provider. */
export const signInRoutes = (parts: {
  readonly db: Database
  readonly authority: Authority
  readonly secureCookies: boolean
  readonly homeOf: HomeOf
}): readonly Route[] => [
  ...(parts.authority.mode === 'training' ? chooseWhoToBe(parts.db, parts.secureCookies, parts.homeOf) : []),
  signOut(parts.db, parts.secureCookies),
]

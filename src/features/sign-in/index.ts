import type { Database } from '../../db/connection.ts'
import type { Authority } from '../../platform/authority.ts'
import type { Route } from '../../platform/routes.ts'
import { chooseWhoToBe, signOut } from './routes.tsx'

/** Training: choose who to be. A live authority has no such page; its sign-in is by its own provider. */
export const signInRoutes = (parts: {
  readonly db: Database
  readonly authority: Authority
  readonly secureCookies: boolean
}): readonly Route[] => [
  ...(parts.authority.mode === 'training' ? chooseWhoToBe(parts.db, parts.secureCookies) : []),
  signOut(parts.db, parts.secureCookies),
]

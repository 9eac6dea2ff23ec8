/** Coming in by each door, and a person's own page about being signed in. */
import type { Route } from '../../platform/routes.ts'
import { askForALink } from './ask-for-a-link.tsx'
import { byPasskey } from './by-passkey.tsx'
import { byWorkAccount } from './by-work-account.tsx'
import { chooseWhoToBe } from './choose-who-to-be.tsx'
import type { SignInParts } from './parts.ts'
import { sayWhoYouAre } from './say-who-you-are.tsx'
import { signOut } from './sign-out.tsx'
import { useALink } from './use-a-link.tsx'
import { yourSignIn } from './your-sign-in.tsx'

export type { SendSignInMessage, SignInMessage, SignInParts } from './parts.ts'

/** A live authority has no page to choose who to be: it has links, passkeys and the provider of its staff. */
export const signInRoutes = (parts: SignInParts): readonly Route[] => [
  ...(parts.authority.mode === 'training' ? chooseWhoToBe(parts) : []),
  ...askForALink(parts),
  ...useALink(parts),
  ...sayWhoYouAre(parts),
  ...byPasskey(parts),
  ...(parts.openId ? byWorkAccount(parts, parts.openId) : []),
  ...yourSignIn(parts),
  ...signOut(parts),
]

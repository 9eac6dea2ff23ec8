import { caseReaders, type Door, type Role, type SignedIn } from '../platform/routes.ts'

interface NavigationItem {
  readonly text: string
  readonly href: string
  /** Roles that see it; none given means everyone at this door. */
  readonly roles?: readonly Role[]
}

/** What each door's people can go to, in the order they need it. */
const navigation: Readonly<Record<Door, readonly NavigationItem[]>> = {
  public: [
    { text: 'Ask for an assessment', href: '/ask-for-an-assessment' },
    { text: 'Work out a date', href: '/work-out-a-date' },
    { text: 'Sign in', href: '/sign-in' },
  ],
  staff: [
    { text: 'Worklist', href: '/staff/worklist', roles: caseReaders },
    {
      text: 'Record a request',
      href: '/staff/requests/new',
      roles: ['plan-coordinator', 'locality-head', 'send-manager'],
    },
    { text: 'Made online', href: '/staff/requests/online', roles: caseReaders },
    { text: 'Find a child', href: '/staff/children', roles: caseReaders },
    { text: 'Team', href: '/staff/team', roles: ['locality-head', 'send-manager', 'data-officer'] },
    { text: 'Timeliness', href: '/staff/timeliness', roles: caseReaders },
    { text: 'Messages out', href: '/staff/outbox', roles: [...caseReaders, 'administrator'] },
    { text: 'Wording of messages', href: '/staff/settings/messages', roles: ['administrator'] },
    { text: 'Readings of the law', href: '/staff/settings/readings', roles: ['administrator'] },
  ],
  family: [
    { text: 'Where things are', href: '/family' },
    { text: 'How we tell you', href: '/family/how-we-tell-you' },
  ],
  setting: [{ text: 'Work out a date', href: '/work-out-a-date' }],
  professional: [{ text: 'Work out a date', href: '/work-out-a-date' }],
  board: [{ text: 'Timeliness', href: '/board/timeliness' }],
}

/** The first page behind each door. */
export const homeOf = (viewer: Pick<SignedIn, 'door' | 'role'> | undefined): string => {
  switch (viewer?.door) {
    case 'staff':
      return viewer.role === 'administrator' ? '/staff/settings/readings' : '/staff/worklist'
    case 'board':
      return '/board/timeliness'
    case 'family':
      return '/family'
    case 'setting':
    case 'professional':
      return '/work-out-a-date'
    default:
      return '/'
  }
}

/** The navigation a person sees on a page, with the current one marked. */
export function navigationFor(
  viewer: SignedIn | undefined,
  url: string,
): readonly { text: string; href: string; current: boolean }[] {
  const path = url.split('?')[0]!
  return navigation[viewer?.door ?? 'public']
    .filter((item) => !item.roles || (viewer && item.roles.includes(viewer.role)))
    .map((item) => ({
      text: item.text,
      href: item.href,
      current: path === item.href || path.startsWith(`${item.href}/`),
    }))
}

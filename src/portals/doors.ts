import {
  caseReaders,
  caseworkers,
  type Door,
  type Role,
  type SignedIn,
  settingRoles,
  settingSpeakers,
} from '../platform/routes.ts'

export { homeOf } from '../platform/first-page.ts'

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
    { text: 'Messages', href: '/staff/messages', roles: caseReaders },
    { text: 'Made online', href: '/staff/requests/online', roles: caseReaders },
    { text: 'Find a child', href: '/staff/children', roles: caseReaders },
    { text: 'Settings', href: '/staff/directory', roles: caseReaders },
    { text: 'From settings', href: '/staff/questions', roles: caseReaders },
    { text: 'Young children', href: '/staff/young-children', roles: caseReaders },
    { text: 'Provision', href: '/staff/provision', roles: caseReaders },
    { text: 'Team', href: '/staff/team', roles: ['locality-head', 'send-manager', 'data-officer'] },
    { text: 'Audits', href: '/staff/audits', roles: ['qa-lead'] },
    { text: 'Capacities', href: '/staff/capacities', roles: ['data-officer'] },
    { text: 'Your lines', href: '/staff/your-work', roles: caseReaders },
    { text: 'Timeliness', href: '/staff/timeliness', roles: caseReaders },
    { text: 'Travel', href: '/staff/travel', roles: caseReaders },
    { text: 'Payments', href: '/staff/payments', roles: caseReaders },
    { text: 'Letters to post', href: '/staff/letters-to-post', roles: caseworkers },
    { text: 'Messages out', href: '/staff/outbox', roles: [...caseReaders, 'administrator'] },
    { text: 'Set up', href: '/staff/settings', roles: ['administrator'] },
    { text: 'Accounts', href: '/staff/settings/accounts', roles: ['administrator'] },
    {
      text: 'Plan templates',
      href: '/staff/plan-templates',
      roles: ['locality-head', 'send-manager', 'administrator'],
    },
    { text: 'Wording of messages', href: '/staff/settings/messages', roles: ['administrator'] },
    { text: 'Readings of the law', href: '/staff/settings/readings', roles: ['administrator'] },
  ],
  family: [
    { text: 'Where things are', href: '/family' },
    { text: 'Tell us', href: '/family/tell-us' },
    { text: 'How we tell you', href: '/family/how-we-tell-you' },
  ],
  setting: [
    { text: 'Our tasks', href: '/setting', roles: settingRoles },
    { text: 'Our pupils', href: '/setting/pupils', roles: settingRoles },
    { text: 'Plans', href: '/setting/plans', roles: settingRoles },
    { text: 'Provision', href: '/setting/provision', roles: settingRoles },
    { text: 'Our requests', href: '/setting/requests', roles: settingSpeakers },
    { text: 'Our people', href: '/setting/people', roles: settingRoles },
    { text: 'Work out a date', href: '/work-out-a-date' },
  ],
  professional: [
    { text: 'Advice asked of me', href: '/professional/advice' },
    { text: 'Plans you write in', href: '/professional/plans' },
    { text: 'Provision I give', href: '/professional/provision' },
    { text: 'Our service', href: '/professional/service', roles: ['head-of-service', 'health-lead'] },
    { text: 'Advice released', href: '/professional/released' },
    { text: 'What came of it', href: '/professional/plan-lines' },
    {
      text: 'Young children',
      href: '/professional/young-children',
      roles: ['health-lead', 'health-professional'],
    },
    { text: 'Work out a date', href: '/work-out-a-date' },
  ],
  board: [{ text: 'Timeliness', href: '/board/timeliness' }],
}

/** The navigation a person sees on a page, with the current one marked. */
export function navigationFor(
  viewer: SignedIn | undefined,
  url: string,
): readonly { text: string; href: string; current: boolean }[] {
  const path = url.split('?')[0]!
  const items = navigation[viewer?.door ?? 'public'].filter(
    (item) => !item.roles || (viewer && item.roles.includes(viewer.role)),
  )
  // The first page of a door is above all its others: the nearest one is the current one.
  const current = items
    .filter((item) => path === item.href || path.startsWith(`${item.href}/`))
    .toSorted((a, b) => b.href.length - a.href.length)[0]
  return items.map((item) => ({ text: item.text, href: item.href, current: item === current }))
}

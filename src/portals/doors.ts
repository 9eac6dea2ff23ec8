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
  /** The part of the site it belongs to, where several pages share one place in the navigation. */
  readonly part?: string
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
    { text: 'Find a child', href: '/staff/children', roles: caseReaders },
    { part: 'From families', text: 'Messages', href: '/staff/messages', roles: caseReaders },
    {
      part: 'From families',
      text: 'Requests made online',
      href: '/staff/requests/online',
      roles: caseReaders,
    },
    { part: 'From settings', text: 'Questions', href: '/staff/questions', roles: caseReaders },
    { part: 'From settings', text: 'Young children', href: '/staff/young-children', roles: caseReaders },
    { part: 'Settings', text: 'Directory', href: '/staff/directory', roles: caseReaders },
    { part: 'Settings', text: 'Consultations', href: '/staff/consultations', roles: caseReaders },
    { part: 'Settings', text: 'Places needed', href: '/staff/places-needed', roles: caseReaders },
    { text: 'Provision', href: '/staff/provision', roles: caseReaders },
    { text: 'Audits', href: '/staff/audits', roles: ['qa-lead'] },
    { part: 'People', text: 'Your lines', href: '/staff/your-work', roles: caseReaders },
    {
      part: 'People',
      text: 'Team',
      href: '/staff/team',
      roles: ['locality-head', 'send-manager', 'data-officer'],
    },
    { part: 'People', text: 'Capacities', href: '/staff/capacities', roles: ['data-officer'] },
    { part: 'Figures', text: 'Timeliness', href: '/staff/timeliness', roles: caseReaders },
    { part: 'Figures', text: 'Travel', href: '/staff/travel', roles: caseReaders },
    { part: 'Figures', text: 'Payments', href: '/staff/payments', roles: caseReaders },
    { part: 'Sent', text: 'Letters to post', href: '/staff/letters-to-post', roles: caseworkers },
    { part: 'Sent', text: 'Messages out', href: '/staff/outbox', roles: [...caseReaders, 'administrator'] },
    { part: 'Set up', text: 'The authority', href: '/staff/settings', roles: ['administrator'] },
    { part: 'Set up', text: 'Accounts', href: '/staff/settings/accounts', roles: ['administrator'] },
    { part: 'Set up', text: 'Term dates', href: '/staff/settings/terms', roles: ['administrator'] },
    {
      part: 'Set up',
      text: 'Plan templates',
      href: '/staff/plan-templates',
      roles: ['locality-head', 'send-manager', 'administrator'],
    },
    {
      part: 'Set up',
      text: 'Wording of messages',
      href: '/staff/settings/messages',
      roles: ['administrator'],
    },
    {
      part: 'Set up',
      text: 'Readings of the law',
      href: '/staff/settings/readings',
      roles: ['administrator'],
    },
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

interface Shown {
  readonly text: string
  readonly href: string
  readonly current: boolean
  readonly within?: readonly Shown[]
}

/** The navigation a person sees on a page, with the current one marked, and below it the pages of the part they are in. */
export function navigationFor(viewer: SignedIn | undefined, url: string): readonly Shown[] {
  const path = url.split('?')[0]!
  const items = navigation[viewer?.door ?? 'public'].filter(
    (item) => !item.roles || (viewer && item.roles.includes(viewer.role)),
  )
  // The first page of a door is above all its others: the nearest one is the current one.
  const current = items
    .filter((item) => path === item.href || path.startsWith(`${item.href}/`))
    .toSorted((a, b) => b.href.length - a.href.length)[0]
  const shown = (item: NavigationItem): Shown => ({
    text: item.text,
    href: item.href,
    current: item === current,
  })
  return [...Map.groupBy(items, (item) => item.part ?? item.text).entries()].map(
    ([part, [first, ...more]]) =>
      // A part with one page for this person is that page, by its own name.
      more.length === 0
        ? shown(first!)
        : {
            text: part,
            href: first!.href,
            current: current !== undefined && [first, ...more].includes(current),
            within: [first!, ...more].map(shown),
          },
  )
}

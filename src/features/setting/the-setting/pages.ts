import {
  type Context,
  type FieldError,
  type SignedIn,
  settingRoles,
  settingSpeakers,
  viewerOf,
} from '../../../platform/routes.ts'

export const settingAccess = { who: 'roles', roles: settingRoles } as const
export const speakerAccess = { who: 'roles', roles: settingSpeakers } as const

/** Who asks and on which day, for records in which where the person works decides. */
export const askedBy = (context: Context): { readonly viewer: SignedIn; readonly today: string } => ({
  viewer: viewerOf(context),
  today: context.today,
})

export const isUuid = (text: string | undefined): text is string =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text ?? '')

/** Two people had the same form open: the second is told, and keeps what they typed. */
export const STALE =
  'Somebody else at your setting has saved this since you opened it. What you typed is kept below and is not saved yet. Open it in another tab to see theirs, put the two together here, then save again.'

export const refusedFor = (field: string, text: string) =>
  ({ ok: false, errors: [{ field, text }] satisfies FieldError[] }) as const

import type { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { JSX } from 'preact'
import type { Trx } from '../db/viewer.ts'
import type { FileService } from './files/file-service.ts'
import type { SentFile, Uploading } from './files/receive-form.ts'
import type { Visit } from './sign-in/visit.ts'

export type Door = 'public' | 'family' | 'setting' | 'professional' | 'staff' | 'board'

export type Role =
  | 'parent'
  | 'young-person'
  | 'advocate'
  | 'senco'
  | 'setting-head'
  | 'setting-staff'
  | 'educational-psychologist'
  | 'health-professional'
  | 'social-worker'
  | 'head-of-service'
  | 'health-lead'
  | 'plan-coordinator'
  | 'locality-head'
  | 'send-manager'
  | 'qa-lead'
  | 'data-officer'
  | 'administrator'
  | 'board-member'

/** Staff who do casework: they may change a child's record. */
export const caseworkers: readonly Role[] = ['plan-coordinator', 'locality-head', 'send-manager']
/** Staff who may read a child's record in the course of their work. */
export const caseReaders: readonly Role[] = [...caseworkers, 'qa-lead', 'data-officer']
/** Those behind the family's door. */
export const familyRoles: readonly Role[] = ['parent', 'young-person', 'advocate']
/** Those behind the setting's door, and of them those who speak for it. */
export const settingRoles: readonly Role[] = ['senco', 'setting-head', 'setting-staff']
export const settingSpeakers: readonly Role[] = ['senco', 'setting-head']
/** Those behind the professional's door. */
export const professionalRoles: readonly Role[] = [
  'educational-psychologist',
  'health-professional',
  'social-worker',
  'head-of-service',
  'health-lead',
]
export const managers: readonly Role[] = ['locality-head', 'send-manager', 'data-officer']

/** The first wall: who may call a route. Row-level security is the second, and knows nothing of this one. */
export type Access =
  | { readonly who: 'anyone' }
  | ({ readonly who: 'signed-in' } & Fresh)
  | ({ readonly who: 'roles'; readonly roles: readonly Role[] } & Fresh)

interface Fresh {
  /** For what a borrowed or stolen session must not do: the person must have proved who they are this lately. */
  readonly freshWithinMinutes?: number
}

/** What a route shows or changes of children's records: decides what the access log must hold. */
export type Touches = 'nothing' | 'numbers' | 'children'

/** Taking many records out at once: 20 an hour for one person. */
export const EXPORTS = { times: 20, perMinutes: 60 } as const
/** Looking for children: 60 a minute for one person, far more than work needs. */
export const SEARCHES = { times: 60, perMinutes: 1 } as const

export interface SignedIn {
  readonly accountId: string
  readonly name: string
  readonly role: Role
  readonly jobTitle: string
  readonly door: Exclude<Door, 'public'>
  readonly localityId: string | null
  readonly teamId: string | null
  readonly csrfToken: string
  /** How long ago the person proved who they are. */
  readonly signedInSecondsAgo?: number
  /** The person has another account here, and may go on as that one. */
  readonly hasOtherCapacities?: boolean
  /** Words kept for the next page. */
  readonly notice?: string
}

export interface PageAnswer {
  readonly page: {
    readonly title: string
    readonly main: JSX.Element
    readonly backLink?: { readonly href: string; readonly text?: string }
    readonly wide?: boolean
    readonly status?: number
    readonly hasErrors?: boolean
  }
}
export interface RedirectAnswer {
  readonly redirect: string
  /** Said once on the next page to the person signed in; kept with their session and never in the browser. */
  readonly notice?: string
}
export interface FileAnswer {
  readonly file: { readonly name: string; readonly type: string; readonly body: string | Uint8Array }
}
/** Content sent on as it is read, with headers of its own. */
export interface StreamAnswer {
  readonly stream: {
    readonly body: Readable | string
    readonly status: number
    readonly headers: Readonly<Record<string, string>>
  }
}
/** Facts for a script of ours, as JSON. */
export interface DataAnswer {
  readonly data: unknown
}
export interface MissingAnswer {
  readonly missing: true
}
export type Answer = PageAnswer | RedirectAnswer | FileAnswer | StreamAnswer | DataAnswer | MissingAnswer

/** A request in hand: who is looking, on which day, and the only ways to the record. */
export interface Context {
  readonly today: string
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string | undefined>>
  /** Every value of a query key that may be repeated. */
  readonly queryAll: (key: string) => readonly string[]
  /** The posted form, each field as typed; repeated fields are joined lists under `formAll`. */
  readonly form: Readonly<Record<string, string>>
  readonly formAll: (key: string) => readonly string[]
  /** Files that came with the form and wait to be checked: hand them to `receiveUploads`. */
  readonly sent: readonly SentFile[]
  readonly files: FileService
  readonly viewer: SignedIn | undefined
  readonly notice: string | undefined
  /** What a form on this page must send back as `_csrf`: the session's, or before sign-in the visit's. */
  readonly csrfToken: string
  /** The browser before anybody has signed in on it. */
  readonly visit: Visit
  /** The session's token, for the few pages about the session itself. */
  readonly sessionToken: string | undefined
  /** Reads as the viewer; the children named through `saw` are written to the access log in the same transaction. */
  readonly read: <T>(
    what: string,
    work: (trx: Trx, saw: (childIds: string | readonly string[]) => void) => Promise<T>,
  ) => Promise<T>
  /**
   * Carries out a command once: the same key posted again gives the first result and does nothing more.
   * @param part names a part of the form that is recorded by itself, such as the files that came with it
   */
  readonly command: (name: string, work: CommandWork, part?: string) => Promise<CommandResult>
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

export interface FieldError {
  readonly field: string
  readonly text: string
}
export type CommandResult =
  | { readonly ok: true; readonly redirect: string; readonly notice?: string }
  | { readonly ok: false; readonly errors: readonly FieldError[] }
/**
 * The work of a command. Every child it changes is named to `changed`; the person's relationship to each is found at the end,
 * so work that gives one up (passing a task on, ending a consent) awaits `isTheirs` first, while it still holds.
 */
export type CommandWork = (
  trx: Trx,
  changed: (childId: string) => void,
  isTheirs: (childId: string) => Promise<void>,
) => Promise<CommandResult>

export interface Route {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly access: Access
  readonly touches: Touches
  /** How often one session (or, before sign-in, one address) may ask in a while: exports, searches, sign-in. */
  readonly limit?: { readonly times: number; readonly perMinutes: number }
  /** Takes forms with files; without this a route takes words only. */
  readonly uploads?: Uploading
  readonly handle: (context: Context) => Promise<Answer>
}

/** The signed-in person on a route whose access rule makes sure there is one. */
export function viewerOf(context: Context): SignedIn {
  if (!context.viewer) throw new Error('a route for signed-in people ran without one')
  return context.viewer
}

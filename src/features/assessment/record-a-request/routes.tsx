import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import type { Trx } from '../../../db/viewer.ts'
import {
  type Answer,
  type CommandResult,
  type Context,
  caseworkers,
  type FieldError,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import { type FieldMessage, freshForm, type TypedForm } from '../../../ui/fields/index.ts'
import {
  type Candidate,
  type FoundSetting,
  findSetting,
  findSettings,
} from '../../children/the-child/index.ts'
import { typedForm } from '../the-case/index.ts'
import { Check } from './check.tsx'
import { CHECK_AGAIN, databaseRefusal, recordRequest } from './command.ts'
import { effectOf } from './effect.ts'
import { MOST_PEOPLE, peopleAsked, type RequestGiven, readRequest } from './form.ts'
import { findCandidates, listCaseworkers, listLocalities, loadHeldChild, workOutLocality } from './queries.ts'
import { Questions } from './questions.tsx'
import { SameChild } from './same-child.tsx'
import { ASK_WHICH_CHILD, type ChildChoice, childProblem, isExisting, readChoice } from './which-child.ts'
import type { WhatWasRecorded } from './write-child.ts'

const access = { who: 'roles', roles: caseworkers } as const
const TITLE = 'Record a request'
const START = { firstLanguage: 'English', tellThem: 'later', peopleAsked: '1' }

type Typed = Readonly<Record<string, string>>

/** How a request comes to be recorded: keyed from paper or a call, or from what was sent online. */
export interface RequestJourney {
  readonly url: string
  readonly touches: Route['touches']
  /** What it begins with; undefined when there is nothing here for this viewer. */
  readonly begin: (context: Context) => Promise<Beginning | undefined>
}
export interface Beginning {
  readonly start: Typed
  /** Answers nobody may change, such as the day a request came online. */
  readonly fixed: Typed
  readonly before?: JSX.Element
  readonly onlineReference?: string
  readonly alsoWrite?: (trx: Trx, recorded: WhatWasRecorded) => Promise<CommandResult | undefined>
}

const KEYED: RequestJourney = {
  url: '/staff/requests/new',
  touches: 'nothing',
  begin: async () => ({ start: START, fixed: {} }),
}

/** The two routes of recording a request: the questions, and every step of the journey after them. */
export const requestJourney = (journey: RequestJourney): readonly Route[] => [
  {
    method: 'GET',
    url: journey.url,
    access,
    touches: journey.touches,
    handle: async (context) => {
      const beginning = await journey.begin(context)
      if (!beginning) return { missing: true }
      const start = { ...START, ...beginning.start, ...beginning.fixed }
      return questionsPage(asked(context, beginning), start, freshForm(start), [])
    },
  },
  {
    method: 'POST',
    url: journey.url,
    access,
    touches: 'children',
    handle: async (context) => {
      const beginning = await journey.begin(context)
      if (!beginning) return { missing: true }
      return step(asked(context, beginning))
    },
  },
]

/** A request in hand: what was typed, with what is known for certain in its place. */
type Asked = Context & { readonly beginning: Beginning }
const asked = (context: Context, beginning: Beginning): Asked =>
  Object.assign(Object.create(context) as Context, {
    form: { ...context.form, ...beginning.fixed },
    beginning,
  })
const addressOf = (context: Context): string => context.request.url.split('?')[0]!

/** Every step of the journey posts here with everything typed: what was pressed says what comes next. */
async function step(context: Asked): Promise<Answer> {
  const pressed = context.formAll('go').at(-1) ?? 'continue'
  const typed = context.form
  switch (pressed) {
    case 'find-setting':
      return questionsPage(context, { ...typed, settingKind: 'in-setting' }, undefined, [])
    case 'add-person':
      return questionsPage(
        context,
        { ...typed, peopleAsked: String(Math.min(peopleAsked(typed) + 1, MOST_PEOPLE)) },
        undefined,
        [],
      )
    case 'change':
      return questionsPage(context, typed, undefined, [])
    default:
      return carryOn(context, pressed)
  }
}

/** Reads the form, then asks what is still open, then shows what will be stored, then stores it. */
async function carryOn(context: Asked, pressed: string): Promise<Answer> {
  const read = readRequest(context.form, context.today)
  const place = await readSetting(context)
  const errors = [...(read.ok ? [] : read.errors), ...place.errors]
  if (!read.ok || errors.length > 0) return questionsPage(context, context.form, undefined, errors)
  const given: RequestGiven = { ...read.value, settingUrn: place.setting?.urn ?? null }
  const typed: Typed = { ...context.form, settingUrn: given.settingUrn ?? '' }
  const choice = readChoice(context.form)
  // Recording comes first: the same form posted twice gives the first answer, though the child is on record by then.
  if (pressed === 'record') {
    const result = await record(context, given, choice)
    if (result.ok) return { redirect: result.redirect, ...(result.notice ? { notice: result.notice } : {}) }
    const errors = result.errors
    switch (errors[0]?.field) {
      case ASK_WHICH_CHILD:
      case 'differentBecause':
        return sameChildPage(context, typed, await lookForTheChild(context, given), errors)
      case CHECK_AGAIN:
      case '':
        return checkPage(context, {
          typed,
          given,
          choice,
          setting: place.setting,
          siblings: siblingsAmong(await lookForTheChild(context, given)),
          errors: errors.map((error) => ({ ...error, field: '' })),
        })
      default:
        return questionsPage(context, typed, undefined, errors)
    }
  }
  const candidates = await lookForTheChild(context, given)
  const problem = childProblem(candidates, choice)
  if (problem) return sameChildPage(context, typed, candidates, pressed === 'same-child' ? [problem] : [])
  return checkPage(context, {
    typed,
    given,
    choice,
    setting: place.setting,
    siblings: siblingsAmong(candidates),
    errors: [],
  })
}

const siblingsAmong = (candidates: readonly Candidate[]): readonly Candidate[] =>
  candidates.filter((candidate) => candidate.likeness === 'sibling')

const lookForTheChild = (context: Context, given: RequestGiven): Promise<Candidate[]> =>
  context.read('recording a request: looked for the same child', async (trx, saw) => {
    const found = await findCandidates(trx, given)
    saw(found.map((candidate) => candidate.id))
    return found
  })

async function record(context: Asked, given: RequestGiven, choice: ChildChoice): Promise<CommandResult> {
  try {
    return await context.command('recorded a request', (trx, changed) =>
      recordRequest({
        trx,
        today: context.today,
        viewer: viewerOf(context),
        given,
        choice,
        effectShown: context.form['effect'] ?? '',
        changed,
        onlineReference: context.beginning.onlineReference,
        alsoWrite: context.beginning.alsoWrite && ((recorded) => context.beginning.alsoWrite!(trx, recorded)),
      }),
    )
  } catch (error) {
    const errors = databaseRefusal(error)
    if (errors) return { ok: false, errors }
    throw error
  }
}

/** The setting chosen, or the only one found; an error when it must be chosen among several or cannot be found. */
async function readSetting(
  context: Context,
): Promise<{ readonly setting: FoundSetting | undefined; readonly errors: readonly FieldError[] }> {
  const { form } = context
  if (form['settingKind'] !== 'in-setting') return { setting: undefined, errors: [] }
  const search = form['settingSearch']?.trim() ?? ''
  const urn = form['settingUrn']?.trim() ?? ''
  return context.read('settings', async (trx) => {
    const chosen = urn === '' ? undefined : await findSetting(trx, urn)
    if (chosen) return { setting: chosen, errors: [] }
    if (search === '')
      return {
        setting: undefined,
        errors: [
          {
            field: 'settingSearch',
            text: 'Type part of the name, the URN or the postcode of the school, college or nursery',
          },
        ],
      }
    const found = await findSettings(trx, search)
    if (found.length === 1) return { setting: found[0], errors: [] }
    return found.length === 0
      ? {
          setting: undefined,
          errors: [
            {
              field: 'settingSearch',
              text: `Nothing was found for “${search}”. Try fewer words, or choose “Not known yet”`,
            },
          ],
        }
      : {
          setting: undefined,
          errors: [{ field: 'settingUrn', text: 'Choose which school, college or nursery' }],
        }
  })
}

const keyOf = (context: Context): string => context.form['idempotencyKey'] || randomUUID()

async function questionsPage(
  context: Asked,
  typed: Typed,
  fresh: TypedForm | undefined,
  errors: readonly FieldMessage[],
): Promise<Answer> {
  const lists = await context.read('choices', async (trx) => ({
    localities: await listLocalities(trx),
    caseworkers: await listCaseworkers(trx, context.today),
    settings: await settingChoices(trx, typed),
  }))
  const shown = typedForm(context, errors)
  const form = fresh ?? { ...shown, value: (name: string) => typed[name] ?? '', errors }
  return {
    page: {
      title: TITLE,
      backLink: { href: '/staff/worklist', text: 'Back to the worklist' },
      hasErrors: errors.length > 0,
      status: errors.length > 0 ? 422 : 200,
      main: (
        <Questions
          form={form}
          typed={typed}
          today={context.today}
          csrfToken={viewerOf(context).csrfToken}
          idempotencyKey={keyOf(context)}
          action={addressOf(context)}
          before={context.beginning.before}
          fixed={context.beginning.fixed}
          {...lists}
        />
      ),
    },
  }
}

async function settingChoices(trx: Trx, typed: Typed) {
  const searchedFor = typed['settingSearch']?.trim() ?? ''
  return {
    searchedFor,
    found: await findSettings(trx, searchedFor),
    chosen: typed['settingUrn'] ? await findSetting(trx, typed['settingUrn']) : undefined,
  }
}

function sameChildPage(
  context: Asked,
  typed: Typed,
  candidates: readonly Candidate[],
  errors: readonly FieldMessage[],
): Answer {
  return {
    page: {
      title: 'Is this child already on record?',
      hasErrors: errors.length > 0,
      status: errors.length > 0 ? 422 : 200,
      main: (
        <SameChild
          form={typedForm(context, errors)}
          typed={typed}
          candidates={candidates}
          csrfToken={viewerOf(context).csrfToken}
          idempotencyKey={keyOf(context)}
          action={addressOf(context)}
        />
      ),
    },
  }
}

interface ToCheck {
  readonly typed: Typed
  readonly given: RequestGiven
  readonly choice: ChildChoice
  readonly setting: FoundSetting | undefined
  readonly siblings: readonly Candidate[]
  readonly errors: readonly FieldMessage[]
}

async function checkPage(context: Asked, toCheck: ToCheck): Promise<Answer> {
  const { typed, given, choice, setting, siblings, errors } = toCheck
  const viewer = viewerOf(context)
  const view = await context.read('recording a request: checked the answers', async (trx, saw) => {
    const held = isExisting(choice) ? await loadHeldChild(trx, choice.sameAs) : undefined
    if (held) saw(held.id)
    const localityId =
      given.localityId ??
      held?.localityId ??
      (await workOutLocality(trx, given.postcode, given.settingUrn)) ??
      viewer.localityId
    return {
      effect: effectOf(held, given.askedBy),
      localityName: (await listLocalities(trx)).find((locality) => locality.id === localityId)?.name ?? null,
      coordinatorName:
        (await listCaseworkers(trx, context.today)).find((person) => person.id === given.assignedTo)?.name ??
        null,
    }
  })
  return {
    page: {
      title: 'Check the request before recording it',
      hasErrors: errors.length > 0,
      status: errors.length > 0 ? 422 : 200,
      main: (
        <Check
          {...view}
          given={given}
          typed={typed}
          setting={setting}
          siblings={siblings}
          differentBecause={choice.sameAs === 'different' ? choice.differentBecause : null}
          today={context.today}
          errors={errors}
          csrfToken={viewer.csrfToken}
          idempotencyKey={keyOf(context)}
          action={addressOf(context)}
        />
      ),
    },
  }
}

export const routes: readonly Route[] = requestJourney(KEYED)

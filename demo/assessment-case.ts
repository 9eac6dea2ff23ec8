import { type AdviceHead, addMonths, date, iso, type PlainDate, toCivil } from '../src/law/index.ts'
import { compulsorySchoolAgeEnds } from '../src/record/school-age.ts'
import { earliest, latest, openAfter, openOnOrAfter, openOnOrBefore, plus, schoolYear } from './days.ts'
import type { History } from './history.ts'
import type { Journey, Limits } from './journeys.ts'
import type { Child } from './people.ts'
import type { Places, Setting } from './places.ts'
import type { Chance } from './random.ts'
import type { AdviceRow, ExceptionRow } from './rows.ts'
import type { AccountRow, Staff } from './staff.ts'

export interface AssessmentCase {
  readonly child: Child
  readonly journey: Journey
  readonly process: string
  /** The plan's process, when the plan was issued. */
  readonly planProcess: string
  readonly setting: Setting | null
  readonly named: Setting | null
  readonly coordinator: AccountRow
  readonly asAt: PlainDate
  readonly limits: Limits
  readonly places: Places
  readonly staff: Staff
  readonly chance: Chance
}

const REFUSALS = [
  'Needs can be met from what the school can ordinarily provide',
  'Progress since the last support plan shows that a plan is not necessary',
  'No evidence of purposeful action by the setting over time',
]
const WITHDRAWALS = [
  'Parent prefers to wait for the outcome of the new support plan',
  'Moved out of the area',
  'Withdrawn by the school with the parent’s agreement',
]

/** Tells one assessment from its request to its end, as far as it has come. */
export function tellAssessment(
  history: History,
  one: AssessmentCase,
): { readonly advice: AdviceRow[]; readonly exceptions: ExceptionRow[] } {
  const { journey, chance } = one
  const by = one.coordinator.id
  const tell = (
    kind: Parameters<History['tell']>[0]['kind'],
    on: PlainDate,
    payload: Record<string, unknown> = {},
    more: { by?: string; onBehalfOf?: string } = {},
  ): string => history.tell({ kind, on, payload, process: one.process, by, ...more })

  tellRequest(history, one)
  const decision = journey.decidedOn
  const early = earliest(
    decision ?? plus(journey.receivedOn, 30),
    journey.endedOn ?? Number.POSITIVE_INFINITY,
  )
  const notified = openOnOrAfter(plus(journey.receivedOn, chance.between(1, 6)))
  if (notified < early) tell('considering_assessment_notified', notified)
  const consulted = openAfter(plus(journey.receivedOn, chance.between(2, 12)))
  if (consulted < early) tell('family_consulted', consulted)
  if (chance.is(0.02) && plus(notified, 2) < early)
    tell(secondRequester(journey).kind, openAfter(notified), {
      by: secondRequester(journey).by,
      duplicate: true,
    })

  const none = { advice: [], exceptions: [] }
  if (journey.outcome === 'withdrawn-early') {
    tell('request_withdrawn', journey.endedOn!, { reason: chance.pick(WITHDRAWALS) })
    return none
  }
  if (decision === null) return none
  if (journey.outcome === 'refused') {
    tell('refused_to_assess', decision, { reason: chance.pick(REFUSALS), stage: 'decision' })
    if (journey.agreedOn === null) {
      if (chance.is(0.08)) {
        const asked = openAfter(plus(decision, chance.between(12, 40)))
        tell('mediation_adviser_contacted', asked)
        tell('mediation_declined', asked)
        tell('mediation_certificate_issued', openAfter(asked))
      }
      return none
    }
    tellMediation(tell, journey, decision, chance)
    const agreed = openOnOrBefore(plus(journey.agreedOn, chance.between(4, 13)))
    tell('decided_to_assess', agreed, { following: 'mediation' })
    return tellAdviceAndPlan(history, one, agreed)
  }
  tell('decided_to_assess', decision)
  return tellAdviceAndPlan(history, one, decision)
}

const secondRequester = (journey: Journey): { kind: 'request_received'; by: string } => ({
  kind: 'request_received',
  by: journey.by === 'school' ? 'parent' : 'school',
})

const CHANNELS: readonly (readonly [string, number])[] = [
  ['email', 55],
  ['portal', 25],
  ['post', 17],
  ['by hand', 3],
]

function tellRequest(history: History, one: AssessmentCase): void {
  const { journey, chance } = one
  const isRequest = ['parent', 'young-person', 'school', 'post-16'].includes(journey.by)
  const told = {
    kind: isRequest ? ('request_received' as const) : ('needs_brought_to_attention' as const),
    payload: {
      by: journey.by,
      channel: chance.weighted(CHANNELS),
      setting: isRequest && ['school', 'post-16'].includes(journey.by) ? one.setting?.urn : undefined,
    },
    process: one.process,
    by: one.coordinator.id,
  }
  const keyed = openOnOrAfter(
    plus(
      journey.receivedOn,
      chance.weighted([
        [0, 6],
        [1, 3],
        [3, 1],
      ]),
    ),
  )
  const { year, month, day } = toCivil(journey.receivedOn)
  // Slips of the keyboard, seen within weeks and put right.
  const putRight = openAfter(plus(keyed, chance.between(3, 20)))
  if (chance.is(0.012) && putRight < one.asAt - 20) {
    const swapped =
      day <= 12 && day !== month
        ? `${year}-${String(day).padStart(2, '0')}-${String(month).padStart(2, '0')}`
        : null
    const wrong =
      swapped !== null && swapped < iso(journey.receivedOn)
        ? swapped
        : iso(addMonths(journey.receivedOn, 12 * (2002 - year)))
    history.tellCorrected(
      { ...told, on: date(wrong), recordedOn: keyed },
      { ...told, on: journey.receivedOn, recordedOn: putRight },
      wrong.startsWith('2002')
        ? 'Year of receipt typed as 2002: corrected from the date stamp'
        : 'Day and month typed the wrong way round: corrected from the date stamp',
    )
    return
  }
  history.tell({ ...told, on: journey.receivedOn, recordedOn: keyed })
}

function tellMediation(
  tell: (
    kind:
      | 'mediation_adviser_contacted'
      | 'mediation_requested'
      | 'mediation_date_notified'
      | 'mediation'
      | 'mediation_certificate_issued'
      | 'mediation_agreement',
    on: PlainDate,
    payload?: Record<string, unknown>,
  ) => string,
  journey: Journey,
  refusedOn: PlainDate,
  chance: Chance,
): void {
  const agreed = journey.agreedOn!
  const contacted = openAfter(plus(refusedOn, chance.between(14, 32)))
  tell('mediation_adviser_contacted', contacted)
  tell('mediation_requested', openAfter(contacted), { issues: 'no-health' })
  tell('mediation_date_notified', openOnOrBefore(plus(agreed, -12)))
  tell('mediation', agreed)
  tell('mediation_agreement', agreed, { matter: 'appealable', agreed: 'assess' })
  tell('mediation_certificate_issued', openAfter(agreed))
}

interface Advice {
  readonly head: AdviceHead
  readonly adviser: string
  readonly account: AccountRow | null
  readonly setting: Setting | null
  readonly late: number
  readonly nothing: number
}

const parentOf = (child: Child): string =>
  child.family.ties.find((tie) => tie.parentalResponsibility && tie.restrictionNote === null)?.adult.name ??
  child.family.ties[0]!.adult.name

function advisers(one: AssessmentCase, on: PlainDate): Advice[] {
  const { child, chance, staff, setting } = one
  // Past compulsory school age, head (a) is asked of the young person.
  const family =
    on > compulsorySchoolAgeEnds(child.bornOn) ? `${child.givenName} ${child.familyName}` : parentOf(child)
  const year = schoolYear(child.bornOn, on)
  const of = (head: AdviceHead, adviser: string, late: number, more: Partial<Advice> = {}): Advice => ({
    head,
    adviser,
    late,
    account: null,
    setting: null,
    nothing: 0,
    ...more,
  })
  const psychologist = chance.pick(staff.psychologists)
  const all = [
    of('parent', family, 0.1),
    of(
      'educational',
      setting
        ? `${year >= 12 ? 'Principal' : 'Head teacher'}, ${setting.name}`
        : year < 0
          ? 'Early years practitioner'
          : 'Specialist teacher',
      0.12,
      { setting },
    ),
    of('medical', 'Dorset HealthCare community paediatrics', 0.36, {
      account: staff.paediatrician,
      nothing: 0.1,
    }),
    of('psychological', psychologist.name, 0.33, { account: psychologist }),
    of('social-care', 'Children’s social care', 0.2, { account: staff.socialWorker, nothing: 0.5 }),
  ]
  if (year >= 9)
    all.push(of('preparing-for-adulthood', 'Preparing for adulthood team', 0.15, { nothing: 0.1 }))
  if (child.family.armedForces)
    all.push(of('armed-forces', 'Children’s Education Advisory Service (Ministry of Defence)', 0.3))
  if (chance.is(0.28))
    all.push(
      of(
        'other',
        chance.pick([
          'Speech and language therapy',
          'Occupational therapy',
          'Specialist teacher (hearing)',
          'Specialist teacher (vision)',
        ]),
        0.3,
      ),
    )
  if (chance.is(0.06))
    all.push(
      of(
        'requested-by-family',
        chance.pick(['Independent speech and language therapist', 'CAMHS', 'Play therapist']),
        0.3,
      ),
    )
  return all
}

function tellAdviceAndPlan(
  history: History,
  one: AssessmentCase,
  decidedOn: PlainDate,
): { advice: AdviceRow[]; exceptions: ExceptionRow[] } {
  const { journey, chance, asAt, limits } = one
  const stop = journey.outcome === 'withdrawn-late' ? journey.endedOn! : null
  // When the plan is not yet out, its stages are paced to a day still to come.
  const finalOn =
    journey.finalOn ??
    latest(
      decidedOn + 66,
      journey.receivedOn + chance.between(limits.finalDays - 24, limits.finalDays + 10),
      asAt + chance.between(3, 24),
    )
  const draftOn = openOnOrBefore(latest(decidedOn + 40, finalOn - chance.between(19, 33)))
  const judged =
    journey.outcome === 'not-issued'
      ? journey.endedOn!
      : openOnOrBefore(latest(decidedOn + 32, draftOn - chance.between(1, 11)))
  const tellIf = (
    kind: Parameters<History['tell']>[0]['kind'],
    on: PlainDate,
    payload: Record<string, unknown> = {},
    recordedBy = one.coordinator.id,
  ): string | null =>
    stop !== null && on >= stop
      ? null
      : history.tell({ kind, on, payload, process: one.process, by: recordedBy })

  const advice: AdviceRow[] = []
  for (const asked of advisers(one, decidedOn)) {
    const on = openOnOrAfter(plus(decidedOn, chance.between(0, 3)))
    if (
      tellIf('advice_requested', on, {
        head: asked.head,
        adviser: asked.adviser,
        receivedOn: iso(on),
        setting: asked.setting?.urn,
      }) === null
    )
      continue
    const isLate = chance.is(asked.late)
    const wanted = openOnOrBefore(plus(on, isLate ? chance.between(44, 70) : chance.between(17, 42)))
    const got = earliest(wanted, openOnOrBefore(latest(on + 10, judged - chance.between(1, 4))))
    const nothingToReport = chance.is(asked.nothing)
    const first = openOnOrAfter(plus(on, 36))
    for (const chase of [first, openOnOrAfter(plus(first, 12))])
      if (chase < got && chase <= asAt)
        tellIf('advice_chased', chase, { head: asked.head, adviser: asked.adviser })
    tellIf(
      'advice_received',
      got,
      { head: asked.head, adviser: asked.adviser, nothingToReport: nothingToReport || undefined },
      asked.account && chance.is(0.5) ? asked.account.id : one.coordinator.id,
    )
    if (on > asAt) continue
    advice.push({
      id: chance.uuid(),
      process_id: one.process,
      child_id: one.child.id,
      head: asked.head,
      adviser: asked.adviser,
      adviser_account: asked.account?.id ?? null,
      setting_urn: asked.setting?.urn ?? null,
      asked_on: iso(on),
      // What has come of it is read from what was keyed.
      received_on: null,
      nothing_to_report: false,
      last_chased_on: null,
      chases: 0,
    })
  }
  if (stop !== null) {
    history.tell({
      kind: 'request_withdrawn',
      on: stop,
      payload: { reason: chance.pick(WITHDRAWALS) },
      process: one.process,
      by: one.coordinator.id,
    })
    return { advice, exceptions: [] }
  }
  if (journey.outcome === 'not-issued') {
    tellIf('decided_not_to_issue', judged, {
      reason: 'The advice shows that needs can be met without a plan',
    })
    return { advice, exceptions: [] }
  }
  tellIf('decided_to_issue', judged)
  tellIf('draft_issued', draftOn)
  const commentedOn = openOnOrAfter(plus(draftOn, chance.between(8, 15)))
  if (chance.is(0.7) && commentedOn < finalOn) tellIf('representations_received', commentedOn)
  tellConsultation(history, one, draftOn, finalOn)
  if (journey.finalOn !== null) tellFinal(history, one, journey.finalOn)
  return { advice, exceptions: tellExceptions(history, one, decidedOn) }
}

function tellConsultation(
  history: History,
  one: AssessmentCase,
  draftOn: PlainDate,
  finalOn: PlainDate,
): void {
  const { chance, named } = one
  if (named === null) return
  const others = chance.is(0.25) ? [one.places.near(chance, one.child.family.home, [named.kind])] : []
  for (const setting of new Set([named, ...others])) {
    if (setting === null) continue
    const consulted = openOnOrAfter(plus(draftOn, chance.between(0, 3)))
    if (consulted >= finalOn) return
    const at = { process: one.process, by: one.coordinator.id }
    history.tell({
      ...at,
      kind: 'setting_consulted',
      on: consulted,
      payload: { setting: setting.urn, receivedOn: iso(consulted) },
    })
    const replied = openOnOrBefore(
      plus(consulted, chance.is(0.82) ? chance.between(6, 15) : chance.between(16, 30)),
    )
    if (replied > consulted && replied < finalOn)
      history.tell({ ...at, kind: 'setting_replied', on: replied, payload: { setting: setting.urn } })
  }
}

function tellFinal(history: History, one: AssessmentCase, finalOn: PlainDate): void {
  const { chance } = one
  const told = {
    kind: 'final_issued' as const,
    payload: { setting: one.named?.urn },
    process: one.process,
    by: one.coordinator.id,
  }
  const keyed = openOnOrAfter(
    plus(
      finalOn,
      chance.weighted([
        [0, 7],
        [1, 3],
      ]),
    ),
  )
  const putRight = openAfter(plus(keyed, chance.between(4, 18)))
  const signed = openOnOrBefore(plus(finalOn, -chance.between(2, 8)))
  // The day it was signed is not the day it was sent.
  if (chance.is(0.012) && putRight < one.asAt - 20)
    history.tellCorrected(
      { ...told, on: signed, recordedOn: keyed },
      { ...told, on: finalOn, recordedOn: putRight },
      'The day of signing was keyed: the plan was sent on this day',
    )
  else history.tell({ ...told, on: finalOn, recordedOn: keyed })
  tellProvision(history, one, finalOn)
}

function tellProvision(history: History, one: AssessmentCase, finalOn: PlainDate): void {
  const { chance } = one
  const at = { process: one.planProcess, by: one.coordinator.id }
  if (one.named !== null && chance.is(0.97))
    history.tell({
      ...at,
      kind: 'setting_admitted',
      on: one.named === one.setting ? finalOn : openOnOrAfter(plus(finalOn, chance.between(0, 10))),
      payload: { setting: one.named.urn },
    })
  if (chance.is(0.97))
    history.tell({
      ...at,
      kind: 'provision_started',
      on: openOnOrAfter(plus(finalOn, chance.is(0.8) ? 0 : chance.between(1, 15))),
    })
}

/** A few claims: refused ones long ago, and open ones this autumn. None touches a finished month. */
function tellExceptions(history: History, one: AssessmentCase, decidedOn: PlainDate): ExceptionRow[] {
  const { journey, chance, asAt, limits } = one
  const dueOn = plus(journey.receivedOn, limits.finalDays)
  const { year } = toCivil(journey.receivedOn)
  const claim = (
    on: PlainDate,
    ground: string,
    payload: Record<string, unknown>,
    because: string,
    evidence: string,
    state: ExceptionRow['state'],
    decidedOnDay: PlainDate | null,
  ): ExceptionRow[] => {
    if (on > asAt - 4) return []
    const by = one.coordinator.id
    const id = history.tell({
      kind: 'exception_claimed',
      on,
      process: one.process,
      by,
      payload: {
        ground,
        limits: ['final-plan'],
        ...payload,
        impracticalBecause: because,
        evidence,
        approvedBy: state === 'approved' ? one.staff.manager.name : undefined,
      },
    })
    if (state === 'refused')
      history.tell({
        kind: 'exception_refused',
        on: decidedOnDay!,
        process: one.process,
        by: one.staff.manager.id,
        payload: { ground, reason: 'The delay came from capacity, which is no ground' },
      })
    return [
      {
        id: chance.uuid(),
        process_id: one.process,
        child_id: one.child.id,
        event_id: id,
        ground,
        impractical_because: because,
        evidence,
        limits: ['final-plan'],
        claimed_on: iso(on),
        claimed_by: by,
        state,
        decided_by: state === 'claimed' ? null : one.staff.manager.id,
        decided_on: decidedOnDay === null ? null : iso(decidedOnDay),
      },
    ]
  }
  if (year === 2018 && journey.finalOn !== null && journey.finalOn > dueOn + 20 && chance.is(0.04)) {
    const on = openOnOrBefore(plus(dueOn, -6))
    return claim(
      on,
      'exceptional-personal-circumstances',
      { circumstancesFrom: iso(plus(on, -30)) },
      'Family circumstances said to have delayed the meeting',
      'Case note',
      'refused',
      openAfter(plus(on, 5)),
    )
  }
  if (journey.finalOn !== null || dueOn <= asAt - 35 || dueOn > asAt + 60) return []
  const closure = {
    closedFrom: `${toCivil(decidedOn).year}-07-23`,
    reopens: `${toCivil(decidedOn).year}-09-03`,
  }
  const askedInWindow =
    iso(decidedOn) >= closure.closedFrom.replace('-23', '-16') &&
    iso(decidedOn) <= closure.reopens.replace('09-03', '08-25')
  const on = openOnOrBefore(plus(earliest(dueOn, asAt), -chance.between(8, 20)))
  if (on <= decidedOn) return []
  if (askedInWindow && one.setting !== null && chance.is(0.22))
    return claim(
      on,
      'school-closed-4-weeks',
      { ...closure },
      'The head teacher’s advice could not be had while the school was closed for the summer',
      'Term dates and emails on file',
      chance.is(0.6) ? 'approved' : 'claimed',
      plus(on, 0),
    )
  if (chance.is(0.06))
    return claim(
      on,
      'exceptional-personal-circumstances',
      { circumstancesFrom: iso(plus(on, -25)) },
      'A death in the family: the parents asked for the draft meeting to be put off',
      'Parent’s letter',
      'approved',
      on,
    )
  return []
}

import type { PartMark } from './part-marks.ts'
import { PFA_STRANDS, type PlanPart, type PlanSource, planPartsOf } from './parts.ts'
import { NEED_SECTIONS, type PlanSection, PROVISION_SECTIONS, SECTION_RULES } from './sections.ts'

/** Something to put right before a plan is sent, with the law it stands on and where to go. */
export interface PlanProblem {
  readonly rule: string
  readonly section: PlanSection
  readonly partId: string | null
  readonly text: string
  readonly law: string
}

/** `must` stops a plan being sent; `should` is shown to whoever sends it, who decides. */
export interface PlanProblems {
  readonly must: readonly PlanProblem[]
  readonly should: readonly PlanProblem[]
}

/** Advice, as far as a plan answers for it. */
export interface RecommendedPart {
  readonly advicePartId: string
  readonly releaseId: string
  readonly kind: 'need' | 'outcome' | 'provision'
  /** How people cite it. */
  readonly cite: string
}

export interface SendingOptions {
  /** A draft names no setting; a final plan must have a section I. */
  readonly sending: 'draft' | 'final'
  /** In or beyond year 9 that day. */
  readonly fromYear9: boolean
  /** The advice that came: each is to be an appendix. */
  readonly advice: readonly { readonly releaseId: string; readonly title: string }[]
  readonly recommended: readonly RecommendedPart[]
}

const PROVISION_LAW = 'Children and Families Act 2014, s.37(2); SEND Code of Practice 2015, 9.69'

export const sourcesOf = (part: PlanPart): readonly PlanSource[] =>
  'sources' in part.content ? (part.content.sources ?? []) : []

/** The advice no part names as its source, and nobody has left out with a reason. */
export function notDealtWith(
  parts: readonly PlanPart[],
  leftOut: readonly string[],
  recommended: readonly RecommendedPart[],
): readonly RecommendedPart[] {
  const dealt = new Set([
    ...leftOut,
    ...parts.flatMap((part) => sourcesOf(part).flatMap((source) => source.advicePartId ?? [])),
  ])
  return recommended.filter((one) => !dealt.has(one.advicePartId))
}

/**
 * What stands between a plan and its readers: the golden thread from need to outcome to provision, the sections the law wants
 * apart, and words that do not bind.
 * @param leftOut ids of the parts of advice left out with a reason
 * @param marks marks on the words that nobody has overruled
 */
export function problemsBeforeSending(
  parts: readonly PlanPart[],
  leftOut: readonly string[],
  marks: readonly PartMark[],
  options: SendingOptions,
): PlanProblems {
  const must: PlanProblem[] = []
  const should: PlanProblem[] = []
  emptyOnes(parts, options, must, should)
  thread(parts, must, should)
  lines(parts, must, should)
  adulthood(parts, options, must, should)
  placement(parts, options, must)
  appended(parts, options, must)
  const undone = notDealtWith(parts, leftOut, options.recommended)
  for (const one of undone)
    should.push({
      rule: 'recommendation-not-dealt-with',
      section: one.kind === 'need' ? 'B' : one.kind === 'outcome' ? 'E' : 'F',
      partId: null,
      text: `${one.cite}: not in the plan, and no reason is given for leaving it out`,
      law: 'Children and Families Act 2014, s.37(2); good practice, so that the family can see why',
    })
  for (const mark of marks) {
    const part = parts.find((one) => one.partId === mark.partId)
    if (part)
      should.push({
        rule: mark.rule,
        section: part.section,
        partId: mark.partId,
        text: `“${shorten(mark.words)}”: ${mark.better}`,
        law: mark.reason,
      })
  }
  return { must, should }
}

const shorten = (words: string): string => (words.length > 80 ? `${words.slice(0, 79)}…` : words)

function emptyOnes(
  parts: readonly PlanPart[],
  { sending }: SendingOptions,
  must: PlanProblem[],
  should: PlanProblem[],
): void {
  const has = (section: PlanSection, kind?: PlanPart['kind']): boolean =>
    parts.some((part) => part.section === section && (kind === undefined || part.kind === kind))
  const empty = (section: PlanSection, text: string, list: PlanProblem[]): void => {
    list.push({ rule: 'empty-section', section, partId: null, text, law: SECTION_RULES[section].law })
  }
  if (!has('A')) empty('A', 'Nothing is written of views, interests or aspirations', must)
  if (!has('B', 'need')) empty('B', 'There is no need in it', must)
  if (!has('E', 'outcome')) empty('E', 'There is no outcome in it', must)
  if (!has('F', 'provision')) empty('F', 'There is no provision in it', must)
  for (const section of ['C', 'D', 'G', 'H1', 'H2'] as const)
    if (!has(section))
      empty(section, 'Nothing is written: write it, or say that nothing was identified and who said so', must)
  if (sending === 'final' && !has('I'))
    empty('I', 'Nothing is written: a final plan names the placement', must)
  if (!has('J')) empty('J', 'Nothing is written: say whether a personal budget was asked for', should)
  if (!has('K')) empty('K', 'It lists no advice', must)
  for (const section of ['C', 'D', 'G', 'H1', 'H2'] as const) {
    const none = parts.find((part) => part.section === section && part.slot === 'none')
    if (none && parts.some((part) => part.section === section && part !== none && part.kind !== 'text'))
      must.push({
        rule: 'none-and-some',
        section,
        partId: none.partId,
        text: 'It says that nothing was identified, and has something in it',
        law: SECTION_RULES[section].law,
      })
  }
}

function thread(parts: readonly PlanPart[], must: PlanProblem[], should: PlanProblem[]): void {
  const outcomes = planPartsOf(parts, 'outcome')
  const provision = planPartsOf(parts, 'provision')
  const standing = new Set(parts.map((part) => part.partId))
  const served = new Set(
    provision.flatMap((line) => [
      ...line.content.needs,
      ...outcomes
        .filter((one) => line.content.outcomes.includes(one.partId))
        .flatMap((one) => one.content.needs),
    ]),
  )
  for (const need of planPartsOf(parts, 'need')) {
    if (!(NEED_SECTIONS as readonly string[]).includes(need.section)) continue
    if (!served.has(need.partId))
      (need.section === 'B' ? must : should).push({
        rule: 'need-without-provision',
        section: need.section,
        partId: need.partId,
        text: 'No provision is for this need',
        law:
          need.section === 'B'
            ? PROVISION_LAW
            : 'SEND Regulations 2014, reg 12(1)(g) and (h): provision reasonably required by what results in the needs',
      })
    if (need.section === 'B' && need.content.type === null)
      should.push({
        rule: 'need-without-type',
        section: 'B',
        partId: need.partId,
        text: 'The type of this need is not said',
        law: 'SEN2 return; SEND Code of Practice 2015, 6.28 to 6.35',
      })
  }
  if (
    planPartsOf(parts, 'need').some((one) => one.section === 'B') &&
    !planPartsOf(parts, 'need').some((one) => one.content.rank === 1)
  )
    should.push({
      rule: 'no-primary-need',
      section: 'B',
      partId: null,
      text: 'No need is marked as the primary one',
      law: 'SEN2 return',
    })
  for (const one of outcomes) {
    if (!one.content.needs.some((id) => standing.has(id)))
      should.push({
        rule: 'outcome-without-need',
        section: 'E',
        partId: one.partId,
        text: 'Which need this outcome is for is not said',
        law: 'SEND Code of Practice 2015, 9.64 to 9.69',
      })
    if (one.content.byWhen === '' || one.content.measure === '')
      should.push({
        rule: 'outcome-not-measured',
        section: 'E',
        partId: one.partId,
        text:
          one.content.byWhen === '' ? 'By when is not said' : 'How people will know it is met is not said',
        law: 'SEND Code of Practice 2015, 9.66: specific, measurable, achievable, realistic and time bound',
      })
    if (!provision.some((line) => line.content.outcomes.includes(one.partId)))
      should.push({
        rule: 'outcome-without-provision',
        section: 'E',
        partId: one.partId,
        text: 'No provision is for this outcome',
        law: PROVISION_LAW,
      })
  }
}

function lines(parts: readonly PlanPart[], must: PlanProblem[], should: PlanProblem[]): void {
  const standing = new Set(parts.map((part) => part.partId))
  for (const { partId, section, content } of planPartsOf(parts, 'provision')) {
    const told = (rule: string, text: string, law: string, list: PlanProblem[]): void => {
      list.push({ rule, section, partId, text, law })
    }
    if (content.who === '') told('no-deliverer', 'Who delivers it is not said', PROVISION_LAW, must)
    const said = [content.length, content.times, content.forHowLong].some((one) => one !== '')
    const spent = content.mode === null || content.mode === 'one-to-one' || content.mode === 'small-group'
    if (!said) told('no-amount', 'How much and how often are not said', PROVISION_LAW, spent ? must : should)
    else if (spent && (content.minutes === null || content.count === null || content.every === null))
      told('no-number', 'How long, how many times or in what period is not a number', PROVISION_LAW, should)
    if (section !== 'F' && content.educatesOrTrains)
      told(
        'educates-or-trains',
        'It educates or trains, so it belongs in section F, whoever gives it',
        'Children and Families Act 2014, s.21(5)',
        must,
      )
    if (!content.outcomes.some((id) => standing.has(id)) && !content.needs.some((id) => standing.has(id)))
      told('line-for-nothing', 'Which outcome or need it is for is not said', PROVISION_LAW, should)
  }
}

function adulthood(
  parts: readonly PlanPart[],
  { fromYear9 }: SendingOptions,
  must: PlanProblem[],
  should: PlanProblem[],
): void {
  if (!fromYear9) return
  const law = 'SEND Regulations 2014, reg 12(3)'
  const provided = planPartsOf(parts, 'provision').some(
    (line) => line.content.pfa !== null && (PROVISION_SECTIONS as readonly string[]).includes(line.section),
  )
  if (!provided)
    must.push({
      rule: 'no-adulthood-provision',
      section: 'F',
      partId: null,
      text: 'Year 9 or above: no provision is for preparing for adulthood',
      law,
    })
  for (const [strand, title] of Object.entries(PFA_STRANDS))
    if (!planPartsOf(parts, 'outcome').some((one) => one.content.pfa === strand))
      should.push({
        rule: 'no-adulthood-outcome',
        section: 'E',
        partId: null,
        text: `Year 9 or above: no outcome is for “${title.toLowerCase()}”`,
        law: `${law}; SEND Code of Practice 2015, 8.10`,
      })
}

function placement(parts: readonly PlanPart[], { sending }: SendingOptions, must: PlanProblem[]): void {
  if (sending !== 'draft') return
  const named = parts.find((part) => part.section === 'I')
  if (named)
    must.push({
      rule: 'setting-named-in-draft',
      section: 'I',
      partId: named.partId,
      text: 'Something is written: a draft must not name a setting or a type of setting',
      law: 'Children and Families Act 2014, s.38(5)',
    })
}

function appended(parts: readonly PlanPart[], { advice }: SendingOptions, must: PlanProblem[]): void {
  const held = new Set(planPartsOf(parts, 'appendix').map((part) => part.content.releaseId))
  for (const one of advice)
    if (!held.has(one.releaseId))
      must.push({
        rule: 'advice-not-appended',
        section: 'K',
        partId: null,
        text: `${one.title} is not in it`,
        law: 'SEND Regulations 2014, reg 12(1)(k) and (4)',
      })
}

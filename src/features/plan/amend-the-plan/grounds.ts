import type { FactKind } from '../../../law/index.ts'

/** What lets a plan be amended with no notice: the fact it is, the law, and how the letter tells of it. */
interface Ground {
  readonly text: string
  readonly fact: FactKind
  readonly payload: Readonly<Record<string, unknown>>
  readonly letter: (day: string) => string
}

const order = (day: string) => `We have changed it because the tribunal ordered us to, on ${day}.`
const agreed = (day: string) =>
  `We have changed it because we told the tribunal, on ${day}, that we would not oppose the appeal.`

/** Regulations 44, 45 and 42(2): the plan is issued as ordered or agreed, and regulation 22's notice is not asked for. */
export const GROUNDS = {
  'order-provision': {
    text: 'Tribunal order: amend the provision (regulation 44(2)(e))',
    fact: 'tribunal_order',
    payload: { order: 'amend-provision' },
    letter: order,
  },
  'order-placement': {
    text: 'Tribunal order: amend section I (regulation 44(2)(f))',
    fact: 'tribunal_order',
    payload: { order: 'amend-placement' },
    letter: order,
  },
  'order-both': {
    text: 'Tribunal order: amend the provision and section I (regulation 44(2)(e) and (f))',
    fact: 'tribunal_order',
    payload: { order: 'amend-provision-and-placement' },
    letter: order,
  },
  'order-continue': {
    text: 'Tribunal order: keep the plan and amend it (regulation 44(2)(h))',
    fact: 'tribunal_order',
    payload: { order: 'continue-and-amend' },
    letter: order,
  },
  'unopposed-contents': {
    text: 'Appeal not opposed: contents (regulation 45(4))',
    fact: 'appeal_not_opposed',
    payload: { about: 'contents' },
    letter: agreed,
  },
  'unopposed-refusal': {
    text: 'Appeal not opposed: the refusal to amend (regulation 45(4))',
    fact: 'appeal_not_opposed',
    payload: { about: 'refusal-to-amend' },
    letter: agreed,
  },
  'unopposed-placement': {
    text: 'Appeal not opposed: section I only (regulation 45(5)(a))',
    fact: 'appeal_not_opposed',
    payload: { about: 'placement' },
    letter: agreed,
  },
  'unopposed-both': {
    text: 'Appeal not opposed: contents and section I (regulation 45(5)(b))',
    fact: 'appeal_not_opposed',
    payload: { about: 'placement-with-contents' },
    letter: agreed,
  },
  mediation: {
    text: 'Mediation agreement on what could be appealed (regulation 42(2))',
    fact: 'mediation_agreement',
    payload: { matter: 'appealable', agreed: 'amend' },
    letter: (day: string) => `We have changed it because we agreed to at mediation, on ${day}.`,
  },
} as const satisfies Record<string, Ground>
export type GroundId = keyof typeof GROUNDS
export const GROUND_IDS = Object.keys(GROUNDS) as readonly GroundId[]
export const isGround = (id: string | undefined): id is GroundId =>
  id !== undefined && Object.hasOwn(GROUNDS, id)

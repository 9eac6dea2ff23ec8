import type { AdviceHead } from '../../law/index.ts'

/** Every letter of an assessment, and those that change a plan. */
export const LETTER_KINDS = [
  'considering-assessment',
  'decided-to-assess',
  'refused-to-assess',
  'advice-request',
  'advice-chase',
  'decided-not-to-issue',
  'draft-plan',
  'final-plan',
  'amendment-notice',
  'amended-final-plan',
  'amendment-declined',
  'request-withdrawn',
  'setting-consultation',
] as const
export type LetterKind = (typeof LETTER_KINDS)[number]

export const LETTER_TITLES = {
  'considering-assessment': 'We are considering an EHC needs assessment',
  'decided-to-assess': 'We will carry out an EHC needs assessment',
  'refused-to-assess': 'We will not carry out an EHC needs assessment',
  'advice-request': 'Please give advice for an EHC needs assessment',
  'advice-chase': 'Your advice for an EHC needs assessment has not reached us',
  'decided-not-to-issue': 'We will not make an EHC plan',
  'draft-plan': 'A draft EHC plan for you to check',
  'final-plan': 'The final EHC plan',
  'amendment-notice': 'We want to change the EHC plan',
  'amended-final-plan': 'The changed EHC plan',
  'amendment-declined': 'We will not change the EHC plan',
  'request-withdrawn': 'The request for an EHC needs assessment has been withdrawn',
  'setting-consultation': 'Can you meet these needs? Consultation about naming you in an EHC plan',
} as const satisfies Record<LetterKind, string>

/** What a letter is called to its reader: the family is asked for its views, not for advice. */
export function titleOf(kind: LetterKind, role: Addressee['role']): string {
  if (role !== 'organisation' && kind === 'advice-request')
    return 'Tell us your views for the EHC needs assessment'
  if (role !== 'organisation' && kind === 'advice-chase')
    return 'We would still like your views for the EHC needs assessment'
  return LETTER_TITLES[kind]
}

/** Someone outside the family to be written to: an adviser or a setting. */
export interface NamedRecipient {
  readonly name: string
  readonly address: string | null
  readonly email?: string | null
}

/** What each letter is about, beyond the child and the people, which are read from the record. Dates are ISO days. */
export interface DetailsOf {
  readonly 'considering-assessment': { readonly receivedOn: string }
  readonly 'decided-to-assess': { readonly receivedOn: string | null; readonly following?: string | null }
  readonly 'refused-to-assess': { readonly reasons: string; readonly evidence?: string | null }
  readonly 'advice-request': {
    readonly to: NamedRecipient | 'family'
    readonly head: AdviceHead
    /** The family's views and evidence that go with it (reg 6(3)). Left out, the letter does not say that anything does. */
    readonly enclosed?: readonly string[]
  }
  readonly 'advice-chase': {
    readonly to: NamedRecipient | 'family'
    readonly head: AdviceHead
    readonly askedOn: string
    readonly chase: number
  }
  readonly 'decided-not-to-issue': { readonly reasons: string }
  readonly 'draft-plan': {
    readonly appendices: readonly string[]
    readonly again?: boolean
    /** The day it reaches the family, where it is not the day it is sent. */
    readonly servedOn?: string
  }
  readonly 'final-plan': {
    /** Reads on from "Section I": "names Larkfield Primary School". */
    readonly placement: string
    readonly planDate: string
    readonly settingUrn?: string | null
  }
  readonly 'amendment-notice': {
    readonly reasons: string
    /** Each change in words: "Section F, paragraph 4: How often: was once a fortnight, now once a week". */
    readonly changes: readonly string[]
    readonly evidence: readonly string[]
    readonly afterReview: boolean
    /** The day it reaches the family, where it is not the day it is sent. */
    readonly servedOn?: string
  }
  readonly 'amended-final-plan': {
    /** Reads on from "Section I": "names Larkfield Primary School". */
    readonly placement: string
    readonly planDate: string
    /** Why it was changed, a whole sentence, where it was not for a notice. */
    readonly ground?: string | null
    readonly changes: readonly string[]
    readonly settingUrn?: string | null
  }
  readonly 'amendment-declined': { readonly reasons: string; readonly noticeOn: string }
  readonly 'request-withdrawn': { readonly withdrawnBy: string }
  readonly 'setting-consultation': { readonly to: NamedRecipient; readonly settingUrn: string }
}

export type HowSent = 'post' | 'email' | 'by-hand' | 'portal'

export const HOW_SENT = {
  post: 'By post',
  email: 'By email',
  'by-hand': 'By hand',
  portal: 'In the family’s account',
} as const satisfies Record<HowSent, string>

/** A contact point of the authority, kept as a dated setting. */
export interface Office {
  readonly name: string
  readonly address?: string | undefined
  readonly phone?: string | undefined
  readonly email?: string | undefined
  readonly website?: string | undefined
}

/** Who a letter is to, which decides what they are entitled to be told. */
export interface Addressee {
  readonly name: string
  readonly role: 'parent' | 'young-person' | 'organisation'
  readonly addressLines: readonly string[]
}

/** What every letter carries. */
export interface Frame {
  readonly addressee: Addressee
  readonly sentOn: string
  readonly reference: string
  readonly child: {
    readonly name: string
    readonly givenName: string
    /** ISO. Told to bodies, with the setting, so that they know which child it is. */
    readonly bornOn: string
    readonly setting: string | null
  }
  readonly authorityName: string
  readonly sendOffice: Office
  readonly mediationAdviser: Office
  readonly informationService: Office
}

export type ComposeDetails<K extends LetterKind> = DetailsOf[K] & { readonly frame: Frame }

/** A part of a letter: paragraphs under a heading, and what the law requires it for. */
export interface Section {
  readonly heading: string | null
  readonly paragraphs: readonly string[]
  readonly list?: readonly string[]
  /** The legally required part it is, and the law that requires it. */
  readonly part?: PartId
  readonly law?: string
}

export interface Letter {
  readonly kind: LetterKind
  readonly title: string
  readonly frame: Frame
  readonly sections: readonly Section[]
}

export type PartId =
  | 'considering'
  | 'right-to-views'
  | 'decision'
  | 'reasons'
  | 'right-of-appeal'
  | 'appeal-time-limits'
  | 'mediation-right'
  | 'mediation-certificate'
  | 'mediation-adviser'
  | 'mediation-timescales'
  | 'mediation-tell-us'
  | 'mediation-our-contact'
  | 'disagreement-resolution'
  | 'information-and-advice'
  | 'tribunal-recommendations'
  | 'copy-of-the-plan'
  | 'proposed-changes'
  | 'evidence'
  | 'right-to-comment'
  | 'right-to-ask-for-a-setting'
  | 'comment-period'
  | 'meeting'
  | 'where-information-is'
  | 'advice-wanted'
  | 'reply-by'
  | 'advice-overdue'
  | 'withdrawn'
  | 'consultation'
  | 'consultation-reply'

import { z } from 'zod'
import { choice, optionalText, yesOrNo } from '../../../platform/forms.ts'

/** Sections of a draft plan (SEND Regulations 2014, reg 12), in a family's words. I is empty in a draft: s.38(5). */
export const SECTIONS = {
  A: 'What the child and family say',
  B: 'What is hard: special educational needs',
  C: 'Health needs',
  D: 'Social care needs',
  E: 'What we hope will change: outcomes',
  F: 'Help with learning: special educational provision',
  G: 'Help with health',
  H1: 'Help at home and outside school (1970 Act)',
  H2: 'Other social care help',
  J: 'Personal budget',
  K: 'Advice people gave',
} as const
export type Section = keyof typeof SECTIONS
export const SECTION_IDS = Object.keys(SECTIONS) as readonly Section[]
export const isSection = (id: string | undefined): id is Section =>
  id !== undefined && Object.hasOwn(SECTIONS, id)

/** What somebody may say of a paragraph. */
export const STANCES = {
  agree: 'I agree',
  change: 'Change it',
  missing: 'Something is missing',
  question: 'I have a question',
} as const
export type Stance = keyof typeof STANCES
export const COMMENT_LIMIT = 4000

export const moreForm = z.object({
  general: optionalText({ max: 20_000 }),
  wantsMeeting: yesOrNo('Choose whether you want to meet us'),
  meetingNote: optionalText({ max: 500 }),
})

export const schoolForm = z.object({
  settingAnswer: choice(['listed', 'not-listed', 'none', 'later'], 'Choose an answer'),
  settingSearch: optionalText({ max: 200 }),
  settingUrn: optionalText({ max: 10 }),
  settingName: optionalText({ max: 200 }),
})

/** Letters: composed by the law's list of contents, addressed from the record, kept as they were sent. */
export { composeLetter, RequiredPartMissing } from './compose.ts'
export { CONTACT_POINTS, type ContactPoint, type ContactPoints, loadContactPoints } from './contact-points.ts'
export { amendmentPeriod, commentPeriod, dayInWords } from './dates.ts'
export {
  type Addressee,
  type ComposeDetails,
  type DetailsOf,
  type Frame,
  HOW_SENT,
  type HowSent,
  LETTER_KINDS,
  LETTER_TITLES,
  type Letter,
  type LetterKind,
  type NamedRecipient,
  type Office,
  type PartId,
  type Section,
} from './kinds.ts'
export { type KeptLetter, letterDocument, UnknownLetter } from './paper.ts'
export { isYoungPerson, type Recipient, type Recipients } from './recipients.ts'
export { renderLetter } from './render.tsx'
export { type Part, REQUIRED_CONTENTS, requiredParts } from './required-contents.ts'
export { type LetterCase, LetterRefused, previewRecipients, type SendLetters, sendLetters } from './send.ts'
export { WhoWillBeTold } from './who-will-be-told.tsx'
export { HEAD_WORDS } from './wording.ts'

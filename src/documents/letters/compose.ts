import { type ComposeDetails, type Letter, type LetterKind, type Section, titleOf } from './kinds.ts'
import { requiredParts } from './required-contents.ts'
import { WORDING } from './wording.ts'

/** A letter that would leave out what the law requires: it is never made. */
export class RequiredPartMissing extends Error {
  readonly part: string
  constructor(kind: LetterKind, part: string, law: string) {
    super(`A ${kind} letter must contain “${part}” (${law})`)
    this.name = 'RequiredPartMissing'
    this.part = part
  }
}

const hasWords = (section: Section): boolean =>
  section.paragraphs.some((paragraph) => paragraph.trim() !== '')

/**
 * A letter, in plain English, each legally required part marked with the law that requires it.
 * Pure: the same details give the same letter.
 * @throws RequiredPartMissing when a part would be missing or empty
 */
export function composeLetter<K extends LetterKind>(kind: K, details: ComposeDetails<K>): Letter {
  const write = WORDING[kind] as (details: ComposeDetails<K>) => readonly Section[]
  const { frame } = details
  const parts = requiredParts(kind, frame.addressee.role, frame.sentOn)
  const sections = write(details)
    // A part not yet required on the day is left out: the letter says what the law then said.
    .filter((section) => section.part === undefined || parts.some((part) => part.id === section.part))
    .map((section) => {
      const required = parts.find((part) => part.id === section.part)
      return required ? { ...section, law: required.law } : section
    })
  for (const part of parts) {
    if (!sections.some((section) => section.part === part.id && hasWords(section)))
      throw new RequiredPartMissing(kind, part.id, part.law)
  }
  return { kind, title: titleOf(kind, frame.addressee.role), frame, sections }
}

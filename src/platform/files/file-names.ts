/** Names of files as people type them: kept whole, shown apart from the words around, and never used as a path. */

const CONTROL = /\p{Cc}/u
/** They turn the rest of a name round, so that `fdp.exe` reads as `exe.pdf`. Arabic and Hebrew names need none of them. */
const TURNS_ROUND = /[\u202a-\u202e\u2066-\u2069]/u

export const LONGEST_NAME = 255

/** What is wrong with a name, in words; undefined when it can be kept. */
export function problemWithName(name: string): string | undefined {
  if (name.trim() === '') return 'It has no name. Give it one and send it again'
  if ([...name].length > LONGEST_NAME)
    return `Its name is longer than ${LONGEST_NAME} characters. Shorten it and send it again`
  if (CONTROL.test(name) || TURNS_ROUND.test(name) || !name.isWellFormed())
    return 'Its name has hidden characters. Rename it and send it again'
  return undefined
}

/** A name that can be shown and stored, whatever was sent: for telling a person which file was refused. */
export const showableName = (name: string): string => {
  const shown = [...name.toWellFormed().replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')]
  return shown.slice(0, LONGEST_NAME).join('').trim() || 'A file with no name'
}

/** The last part of a path some browsers send, and never a folder of ours. */
export const lastPartOf = (name: string): string =>
  name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)

/** The ending, in lower case and without its dot; undefined when there is none. */
export function endingOf(name: string): string | undefined {
  const found = /[^.]\.([^.\s]{1,10})\s*$/u.exec(name)
  return found?.[1]?.toLowerCase()
}

const quotable = (text: string): string => text.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_')
const percent = (text: string): string =>
  encodeURIComponent(text).replaceAll(/['()*!]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

/** Content-Disposition of RFC 6266: a plain name for old programs, and the true one. */
export const contentDisposition = (how: 'attachment' | 'inline', name: string): string =>
  `${how}; filename="${quotable(name)}"; filename*=UTF-8''${percent(name.toWellFormed())}`

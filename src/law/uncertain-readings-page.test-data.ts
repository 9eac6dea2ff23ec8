import { ALL_RULES } from './rules/all-rules.ts'
import { type ReadingRef, UNCERTAIN_READINGS } from './settings.ts'

/** The page of uncertain readings, written from the settings. */
export function uncertainReadingsPage(): string {
  const refs = Object.keys(UNCERTAIN_READINGS) as ReadingRef[]
  return `# Uncertain readings

Written from src/law/settings.ts; do not edit. Where the law is silent or unclear, both readings are set out, with
the one taken. An authority may choose the other where the table says so; a choice changes dates only from the day it
is set, because settings are dated.

| Point | Reading A | Reading B | Taken | May be changed | Rules |
| --- | --- | --- | --- | --- | --- |
${refs.map(row).join('\n')}
`
}

function row(ref: ReadingRef): string {
  const { title, A, B, defaultWords, choices } = UNCERTAIN_READINGS[ref]
  const rules = ALL_RULES.filter(({ readings }) => readings.includes(ref)).map(({ id }) => `\`${id}\``)
  const which = rules.length === 0 ? 'no date turns on it' : rules.join(', ')
  return `| **${ref}** ${title} | ${A} | ${B} | ${defaultWords} | ${choices.length > 1 ? choices.join(', ') : 'no'} | ${which} |`
}

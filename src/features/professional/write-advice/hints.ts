import { type Part, type Provision, partsOf } from './contents.ts'

/** Something left out that the plan will need. It is pointed out while writing, and never stops anybody. */
export interface Hint {
  readonly partId: string
  readonly text: string
}

/** What a line of provision does not say yet. */
export function provisionHints(line: Provision): readonly string[] {
  const missing: string[] = []
  if (line.who === '') missing.push('Who delivers it is not said')
  else if (line.qualification === '') missing.push('What they must be qualified or trained in is not said')
  if (line.mode === null) missing.push('Whether it is one to one or in a group is not said')
  if (line.length === '') missing.push('How long each time is not said')
  else if (line.minutes === null)
    missing.push(`“${line.length}” gives no amount of time: for example “30 minutes” or “1½ hours”`)
  if (line.times === '' || line.every === null) missing.push('How often is not said')
  else if (line.count === null) missing.push(`“${line.times}” is not a number of times`)
  if (line.forHowLong === '') missing.push('For how long, or until when it is reviewed, is not said')
  return missing
}

/** Everything a reader of the whole would miss, in the order it is read. */
export function hintsFor(parts: readonly Part[]): readonly Hint[] {
  const needs = partsOf(parts, 'need')
  const outcomes = partsOf(parts, 'outcome')
  const lines = partsOf(parts, 'provision')
  const standing = new Set(parts.map((part) => part.partId))
  const hints: Hint[] = []
  for (const { partId, content } of partsOf(parts, 'about')) {
    if (content.qualification === '') hints.push({ partId, text: 'Your qualification is not said' })
    if (content.seen === '') hints.push({ partId, text: 'When you saw the child is not said' })
  }
  for (const { partId, content } of needs) {
    if (content.source === '') hints.push({ partId, text: 'How you know of this need is not said' })
    if (!outcomes.some((one) => one.content.needs.includes(partId)))
      hints.push({ partId, text: 'No outcome is for this need yet' })
  }
  for (const { partId, content } of outcomes) {
    if (!content.needs.some((id) => standing.has(id)))
      hints.push({ partId, text: 'Which need this outcome is for is not said' })
    if (content.byWhen === '') hints.push({ partId, text: 'By when is not said' })
    if (content.measure === '') hints.push({ partId, text: 'How people will know it is met is not said' })
    if (!lines.some((one) => one.content.outcomes.includes(partId)))
      hints.push({ partId, text: 'No provision is for this outcome yet' })
  }
  for (const { partId, content } of lines) {
    hints.push(...provisionHints(content).map((text) => ({ partId, text })))
    if (!content.outcomes.some((id) => standing.has(id)))
      hints.push({ partId, text: 'Which outcome this is for is not said' })
  }
  return hints
}

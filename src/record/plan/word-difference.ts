/** A stretch of words that stands in both texts, or was put in, or was taken out. */
export interface WordRun {
  readonly how: 'same' | 'added' | 'removed'
  readonly words: string
}

/**
 * How one text became another, word by word. Lines are matched first and then the words of those that changed, so that a long
 * text costs little; a line with little in common is shown whole as taken out and put in, because a patchwork cannot be read.
 * What is the same with what was taken out is the old text, and with what was added the new one, to the letter.
 */
export function wordDifference(before: string, after: string): readonly WordRun[] {
  if (before === after) return before === '' ? [] : [{ how: 'same', words: before }]
  const runs: WordRun[] = []
  for (const block of align(before.match(LINES) ?? [], after.match(LINES) ?? [])) {
    if (block.how === 'same') runs.push({ how: 'same', words: block.before.join('') })
    else runs.push(...withinBlock(block.before.join(''), block.after.join('')))
  }
  return joined(runs)
}

/** A line with its end, so that lines put together again are the text. */
const LINES = /[^\n]*\n|[^\n]+/g
/** A word, white space, or a mark. Every character is in one of the three. */
const WORDS = /\s+|[\p{L}\p{N}\p{M}’'-]+|[^\s\p{L}\p{N}\p{M}’'-]/gu
/** More comparisons than this are not worth a reader's wait: the block is shown whole. */
const MOST_COMPARISONS = 4_000_000
/** With less in common than this share of the longer text, words are shown whole. */
const LEAST_IN_COMMON = 0.3

const isWord = (token: string): boolean => /[\p{L}\p{N}]/u.test(token)
const wordCount = (tokens: readonly string[]): number => tokens.filter(isWord).length

function withinBlock(before: string, after: string): readonly WordRun[] {
  const whole = [
    { how: 'removed', words: before },
    { how: 'added', words: after },
  ] as const
  const [was, now] = [before.match(WORDS) ?? [], after.match(WORDS) ?? []]
  if (was.length * now.length > MOST_COMPARISONS) return whole
  const blocks = withoutCrumbs(align(was, now))
  const kept = blocks.reduce((sum, block) => sum + (block.how === 'same' ? wordCount(block.before) : 0), 0)
  if (kept < LEAST_IN_COMMON * Math.max(wordCount(was), wordCount(now))) return whole
  return blocks.flatMap((block): readonly WordRun[] =>
    block.how === 'same'
      ? [{ how: 'same', words: block.before.join('') }]
      : [
          { how: 'removed', words: block.before.join('') },
          { how: 'added', words: block.after.join('') },
        ],
  )
}

interface Block {
  readonly how: 'same' | 'changed'
  readonly before: readonly string[]
  readonly after: readonly string[]
}

/** A word or two left standing between two changes makes a text nobody can read: it is taken into the change. */
function withoutCrumbs(blocks: readonly Block[]): readonly Block[] {
  const kept: Block[] = []
  for (const [index, block] of blocks.entries()) {
    const isCrumb =
      block.how === 'same' &&
      index > 0 &&
      index < blocks.length - 1 &&
      (wordCount(block.before) === 0 ||
        (wordCount(block.before) <= 2 && sizeOf(blocks[index - 1]!) + sizeOf(blocks[index + 1]!) > 6))
    const last = kept.at(-1)
    if (last?.how === 'changed' && (isCrumb || block.how === 'changed'))
      kept[kept.length - 1] = {
        how: 'changed',
        before: [...last.before, ...block.before],
        after: [...last.after, ...block.after],
      }
    else kept.push(block)
  }
  return kept
}
const sizeOf = (block: Block): number => Math.max(wordCount(block.before), wordCount(block.after))

/** Matches two lists in order: stretches that are the same, and between them what became what. */
function align(before: readonly string[], after: readonly string[]): readonly Block[] {
  const blocks: Block[] = []
  const add = (how: Block['how'], was: readonly string[], now: readonly string[]): void => {
    if (was.length > 0 || now.length > 0) blocks.push({ how, before: was, after: now })
  }
  let [i, j] = [0, 0]
  for (const [x, y, length] of stretchesInCommon(before, after)) {
    add('changed', before.slice(i, x), after.slice(j, y))
    add('same', before.slice(x, x + length), after.slice(y, y + length))
    i = x + length
    j = y + length
  }
  add('changed', before.slice(i), after.slice(j))
  return blocks
}

/** The stretches of a longest common subsequence: where each begins in either list, and how long it is. */
export function stretchesInCommon(
  before: readonly string[],
  after: readonly string[],
): readonly (readonly [number, number, number])[] {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start++
  let end = 0
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  )
    end++
  const [was, now] = [before.slice(start, before.length - end), after.slice(start, after.length - end)]
  const pairs: [number, number][] = []
  if (was.length * now.length <= MOST_COMPARISONS)
    for (const [x, y] of pairsInCommon(was, now)) pairs.push([x + start, y + start])
  const found: [number, number, number][] = start > 0 ? [[0, 0, start]] : []
  for (const [x, y] of pairs) {
    const last = found.at(-1)
    if (last && last[0] + last[2] === x && last[1] + last[2] === y) last[2]++
    else found.push([x, y, 1])
  }
  if (end > 0) found.push([before.length - end, after.length - end, end])
  return found
}

function pairsInCommon(a: readonly string[], b: readonly string[]): readonly (readonly [number, number])[] {
  const wide = b.length + 1
  // longest[i][j]: how many are in common from i in the one and j in the other to their ends.
  const longest = new Uint32Array((a.length + 1) * wide)
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i * wide + j] =
        a[i] === b[j]
          ? longest[(i + 1) * wide + j + 1]! + 1
          : Math.max(longest[(i + 1) * wide + j]!, longest[i * wide + j + 1]!)
  const pairs: (readonly [number, number])[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) pairs.push([i++, j++])
    else if (longest[(i + 1) * wide + j]! >= longest[i * wide + j + 1]!) i++
    else j++
  }
  return pairs
}

/** Neighbours that are alike as one; between two stretches that stand, what was taken out before what was put in. */
function joined(runs: readonly WordRun[]): readonly WordRun[] {
  const done: WordRun[] = []
  let [removed, added] = ['', '']
  const flush = (): void => {
    if (removed !== '') done.push({ how: 'removed', words: removed })
    if (added !== '') done.push({ how: 'added', words: added })
    removed = ''
    added = ''
  }
  for (const { how, words } of runs) {
    if (how === 'removed') removed += words
    else if (how === 'added') added += words
    else if (words !== '') {
      flush()
      const last = done.at(-1)
      if (last?.how === 'same') done[done.length - 1] = { how, words: last.words + words }
      else done.push({ how, words })
    }
  }
  flush()
  return done
}

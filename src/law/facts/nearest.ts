/** The closest of the known words to one that was mistyped, nearest first: for "did you mean". */
export function nearest(word: string, known: readonly string[], most: number): string[] {
  const limit = Math.max(2, Math.floor(word.length / 3))
  return known
    .map((candidate) => ({ candidate, distance: editDistance(normal(word), normal(candidate)) }))
    .filter(({ candidate, distance }) => distance <= limit || normal(candidate).includes(normal(word)))
    .sort((a, b) => a.distance - b.distance || a.candidate.localeCompare(b.candidate))
    .slice(0, most)
    .map(({ candidate }) => candidate)
}

function normal(word: string): string {
  return word.toLowerCase().replace(/[\s-]+/g, '_')
}

/** Fewest single-letter insertions, deletions and replacements that turn one word into another. */
export function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const replace = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      current.push(Math.min(previous[j]! + 1, current[j - 1]! + 1, replace))
    }
    previous = current
  }
  return previous[b.length]!
}

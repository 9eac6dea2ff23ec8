/** The first days from which a term is counted: autumn, spring, summer. Near enough to the school's own to ask once in each. */
const STARTS = ['01-01', '04-15', '09-01'] as const

/** The start of the term a day is in. ISO days. */
export function termStart(today: string): string {
  const year = Number(today.slice(0, 4))
  const past = STARTS.filter((start) => `${year}-${start}` <= today)
  return `${year}-${past.at(-1) ?? STARTS[0]}`
}

/** The start of the term before it. */
export function termBefore(today: string): string {
  const start = termStart(today)
  const year = Number(start.slice(0, 4))
  const at = STARTS.indexOf(start.slice(5) as (typeof STARTS)[number])
  return at === 0 ? `${year - 1}-${STARTS.at(-1)}` : `${year}-${STARTS[at - 1]}`
}

/** How lately somebody's place was confirmed: this term; not yet this term; or not for a whole term, which the council is told. */
export function confirmation(lastOn: string, today: string): 'this-term' | 'to-confirm' | 'a-term-ago' {
  if (lastOn >= termStart(today)) return 'this-term'
  return lastOn >= termBefore(today) ? 'to-confirm' : 'a-term-ago'
}

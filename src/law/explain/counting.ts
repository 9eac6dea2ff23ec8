/** "1 day", "12 days". */
export function days(count: number): string {
  return count === 1 ? '1 day' : `${count} days`
}

/** "12 days", or "3 weeks" when it is whole weeks of two or more. */
export function daysOrWeeks(count: number): string {
  return count >= 14 && count % 7 === 0 ? `${count / 7} weeks` : days(count)
}

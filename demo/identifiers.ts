const UPN_LETTERS = 'ABCDEFGHJKLMNPQRTUVWXYZ'

/** The check letter of a permanent unique pupil number: characters 2 to 13 weighted 2 to 13, remainder by 23. */
export function upnCheckLetter(twelveDigits: string): string {
  let total = 0
  for (let index = 0; index < 12; index++) total += Number(twelveDigits[index]) * (index + 2)
  return UPN_LETTERS[total % 23]!
}

/** A made-up UPN issued by a school in a year. */
export function upn(laestab: string, yearOfIssue: number, serial: number): string {
  const digits = `${laestab}${String(yearOfIssue % 100).padStart(2, '0')}${String(serial % 1000).padStart(3, '0')}`
  return upnCheckLetter(digits) + digits
}

/** The nth NHS number of the range kept for tests (999…); numbers whose check digit would be 10 are skipped. */
export function* testNhsNumbers(): Generator<string> {
  // 999123456x is kept out: it has no valid number.
  for (let serial = 0; serial < 1_000_000; serial++) {
    const nine = `999${String(serial).padStart(6, '0')}`
    const check = nhsCheckDigit(nine)
    if (check !== null) yield nine + check
  }
}

export function nhsCheckDigit(nine: string): string | null {
  let total = 0
  for (let index = 0; index < 9; index++) total += Number(nine[index]) * (10 - index)
  const check = 11 - (total % 11)
  return check === 10 ? null : String(check === 11 ? 0 : check)
}

/** The first day of compulsory school age, ISO: the prescribed day (31 March, 31 August, 31 December) on or after the fifth
 *  birthday. Education Act 1996, s.8(2); SI 1998/1607. */
export function compulsorySchoolAgeBegins(bornOn: string): string {
  const year = Number(bornOn.slice(0, 4)) + 5
  const day = bornOn.slice(5)
  const prescribed = ['03-31', '08-31', '12-31'].find((one) => one >= day)!
  return `${year}-${prescribed}`
}

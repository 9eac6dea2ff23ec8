import { addDays, date, fromCivil, iso, toCivil } from '../../../law/index.ts'
import { compulsorySchoolAgeEnds, nationalCurriculumYear } from '../../../record/school-age.ts'

/** The first day on which a child is a young person, with rights of their own: the day after compulsory school age
 *  ends. Education Act 1996 s.8(3); CFA 2014 s.83(2). */
export const youngPersonFrom = (dateOfBirth: string): string =>
  iso(addDays(compulsorySchoolAgeEnds(date(dateOfBirth)), 1))

/** Is a person over compulsory school age on a day? */
export const isYoungPerson = (dateOfBirth: string, on: string): boolean => on >= youngPersonFrom(dateOfBirth)

/** The day of a birthday. A person born on 29 February has it on 1 March in other years, the later reading. */
export function birthday(dateOfBirth: string, age: number): string {
  const { year, month, day } = toCivil(date(dateOfBirth))
  const leap = (year + age) % 4 === 0 && ((year + age) % 100 !== 0 || (year + age) % 400 === 0)
  return iso(
    month === 2 && day === 29 && !leap ? fromCivil(year + age, 3, 1) : fromCivil(year + age, month, day),
  )
}

/** Whole years on a day. */
export function ageOn(dateOfBirth: string, on: string): number {
  const years = Number(on.slice(0, 4)) - Number(dateOfBirth.slice(0, 4))
  return years >= 0 && birthday(dateOfBirth, years) <= on ? years : years - 1
}

/** National curriculum year on a day, in words, from Nursery to Year 14; nothing outside it. */
export function schoolYearOn(dateOfBirth: string, on: string): string | undefined {
  const year = nationalCurriculumYear(date(dateOfBirth), date(on))
  if (year === -1) return 'Nursery'
  if (year === 0) return 'Reception'
  return year >= 1 && year <= 14 ? `Year ${year}` : undefined
}

import { fromCivil, type PlainDate, toCivil, weekday } from '../law/index.ts'

/** The last day of compulsory school age: the last Friday of June in the school year in which the child
 *  turns 16. Rights under Part 3 pass to the young person after it. CFA 2014 s.83; Education Act 1996 s.8;
 *  SI 1997/1970. */
export function compulsorySchoolAgeEnds(born: PlainDate): PlainDate {
  const { year, month } = toCivil(born)
  const leaving = year + 16 + (month >= 9 ? 1 : 0)
  const endOfJune = fromCivil(leaving, 6, 30)
  return (endOfJune - ((weekday(endOfJune) + 3) % 7)) as PlainDate
}

/** The nominal national curriculum year on a day: age on 31 August before the school year, less 4.
 *  0 is Reception; negative before it. A child may be taught in another. */
export function nationalCurriculumYear(born: PlainDate, on: PlainDate): number {
  const { year, month } = toCivil(on)
  const schoolYear = month >= 9 ? year : year - 1
  const birth = toCivil(born)
  const age = schoolYear - birth.year - (birth.month >= 9 ? 1 : 0)
  return age - 4
}

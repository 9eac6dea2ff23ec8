/** Check digits and letters of the numbers people are known by. */

const UPN_LETTERS = 'ABCDEFGHJKLMNPQRTUVWXYZ'
const UPN = /^[A-Z]\d{11}[\dA-HJ-NP-RT-Z]$/
const TEN_DIGITS = /^\d{10}$/

/** A unique pupil number whose check letter is right: characters 2 to 13 weighted 2 to 13, remainder after
 *  dividing by 23 read off the letters (I, O and S are never used). Permanent or temporary. DfE UPN guide. */
export function isUpn(upn: string): boolean {
  if (!UPN.test(upn)) return false
  let sum = 0
  for (let place = 1; place < 13; place++) {
    const letter = UPN_LETTERS.indexOf(upn[place]!)
    sum += (letter >= 0 ? letter : Number(upn[place])) * (place + 1)
  }
  return upn[0] === UPN_LETTERS[sum % 23]
}

/** A temporary UPN ends in a letter, and must give way to the permanent one. */
export function isTemporaryUpn(upn: string): boolean {
  return isUpn(upn) && /[A-Z]$/.test(upn)
}

/** A unique learner number: weights 10 down to 2, remainder modulo 11; 0 is never valid, otherwise the last
 *  digit is 10 less the remainder. */
export function isUln(uln: string): boolean {
  if (!TEN_DIGITS.test(uln)) return false
  const remainder = weighted(uln) % 11
  return remainder !== 0 && 10 - remainder === Number(uln[9])
}

/** An NHS number: the same weights; the check is 11 less the remainder, 11 counts as 0 and 10 is never valid. */
export function isNhsNumber(number: string): boolean {
  if (!TEN_DIGITS.test(number)) return false
  const check = (11 - (weighted(number) % 11)) % 11
  return check !== 10 && check === Number(number[9])
}

function weighted(digits: string): number {
  let sum = 0
  for (let place = 0; place < 9; place++) sum += Number(digits[place]) * (10 - place)
  return sum
}

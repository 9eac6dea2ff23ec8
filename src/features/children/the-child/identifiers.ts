import { z } from 'zod'
import { isNhsNumber, isUpn } from '../../../record/identifiers.ts'

export { isTemporaryUpn } from '../../../record/identifiers.ts'

/** A number read from what was typed, or what is wrong with it in words. */
export type Read =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly problem: string }

const WELL_FORMED_UPN = /^([A-HJ-NP-RT-Z])(\d{11})([\dA-HJ-NP-RT-Z])$/

const withoutGaps = (typed: string): string => typed.toUpperCase().replaceAll(/[\s-]/g, '')

/**
 * Reads a unique pupil number: a check letter, then 12 characters, the last of which is a letter when it is temporary.
 * The authority code within is never checked: it is that of the school that gave the number, perhaps long gone.
 */
export function readUpn(typed: string): Read {
  const upn = withoutGaps(typed)
  if (upn.length !== 13)
    return {
      ok: false,
      problem: `A UPN has 13 characters: this has ${upn.length}. Check it, or leave it empty`,
    }
  if (!WELL_FORMED_UPN.test(upn))
    return {
      ok: false,
      problem:
        'A UPN is a letter, then 12 numbers (a temporary one ends in a letter). The letters I, O and S are never used',
    }
  if (!isUpn(upn))
    return {
      ok: false,
      problem:
        'This UPN is not right: its first letter does not fit its numbers. Check it with the school, or leave it empty',
    }
  return { ok: true, value: upn }
}

/** Reads an NHS number: ten numbers, the last of which checks the others (modulus 11). */
export function readNhsNumber(typed: string): Read {
  const digits = withoutGaps(typed)
  if (!/^\d*$/.test(digits))
    return { ok: false, problem: 'An NHS number has only numbers, like 943 476 5919' }
  if (digits.length !== 10)
    return {
      ok: false,
      problem: `An NHS number has 10 numbers: this has ${digits.length}. Check it, or leave it empty`,
    }
  if (!isNhsNumber(digits))
    return {
      ok: false,
      problem:
        'This NHS number is not right: its last number does not fit the others. Check it, or leave it empty',
    }
  return { ok: true, value: digits }
}

const POSTCODE = /^([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})$/

/** Reads a postcode, whatever its capitals and spaces: "dt11aa" is "DT1 1AA". */
export function readPostcode(typed: string): Read {
  const match = POSTCODE.exec(withoutGaps(typed))
  if (!match) return { ok: false, problem: 'Enter a full UK postcode, like DT1 1AA, or leave it empty' }
  return { ok: true, value: `${match[1]} ${match[2]}` }
}

/** "943 476 5919". */
export const nhsNumberInWords = (digits: string): string =>
  digits.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3')

/** A field that may be left empty (null) and is otherwise read by `read`. */
const optionalRead = (read: (typed: string) => Read) =>
  z
    .string()
    .optional()
    .transform((typed, context): string | null => {
      if (!typed?.trim()) return null
      const result = read(typed)
      if (result.ok) return result.value
      context.addIssue({ code: 'custom', message: result.problem })
      return z.NEVER
    })

export const optionalUpn = optionalRead(readUpn)
export const optionalNhsNumber = optionalRead(readNhsNumber)
export const optionalPostcode = optionalRead(readPostcode)
export const optionalEmail = optionalRead((typed) =>
  /^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+\.[^\s@<>(),;:".]+$/.test(typed.trim()) && typed.trim().length <= 254
    ? { ok: true, value: typed.trim() }
    : { ok: false, problem: 'Enter an email address like name@example.com, or leave it empty' },
)
export const optionalPhone = optionalRead((typed) =>
  /^\+?[\d\s()-]{7,24}( ?(ext|x)\.? ?\d{1,6})?$/i.test(typed.trim())
    ? { ok: true, value: typed.trim() }
    : {
        ok: false,
        problem: 'Enter a phone number like 01305 251 000 or +44 7700 900 982, or leave it empty',
      },
)

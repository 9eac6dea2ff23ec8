import { describe, expect, test } from 'vitest'
import { barredAmong, isNameAlike, type PersonDescribed } from './barred.ts'

const nathan: PersonDescribed = {
  name: 'Nathan Taylor',
  addressLine: '12 High Street',
  postcode: 'DT4 8AA',
  email: 'nathan@example.org',
  phone: '07700 900123',
}
const stranger: PersonDescribed = {
  name: 'Ursula Vane',
  addressLine: '3 Mill Lane',
  postcode: 'BH20 5ZZ',
  email: 'ursula@example.org',
  phone: '07700 900999',
}
const by = (person: Partial<PersonDescribed>) =>
  barredAmong([nathan], { ...stranger, ...person }).flatMap((one) => one.by)

describe('A person barred is known again', () => {
  test.each([
    'Mr N. Taylor',
    'Nathan  J Taylor',
    'NATHAN TAYLOR',
    'Taylor, Nathan',
    'Taylor Nathan',
    'N.Taylor',
    'Mr Taylor',
    'Nathan Taylor-Smith',
    'Náthan Taylor Jnr',
  ])('by the name %s', (name) => expect(by({ name })).toEqual(['name']))
  test.each(['Olive Taylor', 'Nathan Tyler', 'Mrs Vane', '—'])('not by the name %s', (name) =>
    expect(isNameAlike('Nathan Taylor', name)).toBe(false),
  )
  test.each([
    ['12 high st.', 'dt48aa'],
    ['12, High Street', 'DT4 8AA'],
    ['12 High Street, Weymouth', null],
    ['12 High Street DT4 8AA', null],
  ])('by the address %s %s', (addressLine, postcode) =>
    expect(by({ addressLine, postcode })).toEqual(['address']),
  )
  test.each([
    ['1 High Street', 'DT4 8AA'],
    ['12 High Street', 'DT1 1AA'],
    [null, 'DT4 8AA'],
    ['112 High Street', null],
  ])('not by the address %s %s', (addressLine, postcode) => expect(by({ addressLine, postcode })).toEqual([]))
  test('by email, and by telephone however typed', () => {
    expect(by({ email: ' Nathan@Example.org ' })).toEqual(['email'])
    expect(by({ phone: '+44 7700-900 123' })).toEqual(['telephone number'])
    expect(by({ phone: '+44 (0)7700 900123' })).toEqual(['telephone number'])
    expect(by({ email: null, phone: null, addressLine: null, postcode: null })).toEqual([])
  })
})

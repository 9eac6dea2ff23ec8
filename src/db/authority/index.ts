/** The authority itself: the list of those there are in England, and setting one up in an empty record. */
export { type EnglishAuthority, findEnglishAuthority, likelyAuthorities } from './english-authorities.ts'
export { readTable } from './open-data.ts'
export { placeOfPostcode } from './postcodes.ts'
export { NotSetUp, type SetUp, type SetUpResult, setUpAuthority } from './set-up.ts'
export { type AuthorityState, describeAuthority } from './state.ts'

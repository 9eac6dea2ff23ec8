export { type FamilyNotice, type ToldOf, tellEachOfTheFamily, tellTheFamily } from './tell-the-family.ts'

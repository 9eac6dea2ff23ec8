export { type ToldOf, tellTheFamily } from './tell-the-family.ts'

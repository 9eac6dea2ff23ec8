export { KeepOnThisPhone } from './keep-on-this-phone.tsx'

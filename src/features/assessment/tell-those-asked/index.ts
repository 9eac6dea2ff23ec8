/** Notices to people who are not the child's family: those asked, those who answer for them, and those who asked us. */
export { tellAccount, tellSetting, tellWhatIsAsked } from './tell.ts'

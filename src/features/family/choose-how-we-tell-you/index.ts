/** Email, text or letter; quiet hours; language, interpreter and forms of paper: remembered for each person. */
export { PATH as HOW_WE_TELL_YOU, routes } from './routes.tsx'

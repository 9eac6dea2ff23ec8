/** Print letters: many that go by post in one file, by a job, each once; a second person from ten up, and ten minutes to call back. */
export { printLettersJob } from './job.ts'
export { routes } from './routes.tsx'

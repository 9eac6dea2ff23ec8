/** Work in the background: asked for in a command's transaction, run by any server, seen by its starter. */
export { type Jobs, keepJobs, QUEUE_SCHEMA } from './keep-jobs.ts'
export { askForReminders, DAYS_BEFORE, messagesOfTheDay, remindersJob } from './reminders.ts'
export { type JobKind, JobProblem, type RunningJob } from './run-job.ts'
export { type JobToStart, startJob } from './start-job.ts'

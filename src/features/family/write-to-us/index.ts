/** Write to the council and know by when it answers. */
export { MESSAGE_LIMIT, Messages, standingOf } from './pages.tsx'
export { routes } from './routes.tsx'
export {
  countWaitingMessages,
  findMessages,
  findThread,
  findThreads,
  findWaitingThreads,
  type Message,
  openThread,
  sayToCouncil,
  type Thread,
} from './threads.ts'

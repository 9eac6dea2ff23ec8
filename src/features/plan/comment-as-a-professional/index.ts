/** Comment on a draft as somebody who advised or was consulted: line by line, late or not, each answered. */
export { quoteOf } from './line.ts'
export { type AdviserComment, findAdviserComments } from './queries.ts'
export { routes } from './routes.tsx'
export { ShowComment, saidBy } from './show-comment.tsx'

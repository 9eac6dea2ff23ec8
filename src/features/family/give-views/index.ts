/** Give views: a parent's, and the child's or young person's own, in words, pictures, sound or film. */
export { TOLD_HOW, type ToldHow } from './form.ts'
export { AsTyped, OneView } from './page.tsx'
export { routes } from './routes.tsx'
export { findViews, keepView, sendView, type View } from './views.ts'

/** Comment on the draft plan part by part, ask for a meeting, name the school you want. */
export { holdResponse, keepComments, sendResponse } from './command.ts'
export { findParagraphs, findResponses, findServedDraft, type Paragraph, type Response } from './draft.ts'
export { SECTION_IDS, SECTIONS, type Section } from './form.ts'
export { ResponseWords } from './pages.tsx'
export { routes } from './routes.tsx'

export { findOffice, PhoneAndEmail } from './office.tsx'
export { childPages } from './page.tsx'
export { findMyChildren, type MyChild } from './queries.ts'
export { routes } from './routes.tsx'

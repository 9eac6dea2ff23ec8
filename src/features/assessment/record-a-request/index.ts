/** Record a request for an EHC needs assessment, however it came. */
export { type Beginning, requestJourney, routes } from './routes.tsx'
export type { WhatWasRecorded } from './write-child.ts'

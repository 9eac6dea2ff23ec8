/** Money kept for one child and one purpose, as an Ombudsman or a tribunal may order: what it is for, who keeps it, what is spent. */
export { findRingFenced, RING_FENCED_WHY, type RingFenced } from './queries.ts'
export { routes } from './steps.tsx'

/** Those a locality team answers for. */
export const SPECIALISTS = {
  psychology: 'Educational psychology',
  'speech-and-language': 'Speech and language therapy',
  'occupational-therapy': 'Occupational therapy',
  'specialist-teaching': 'Specialist teaching and advice',
  'hearing-and-vision': 'Hearing and vision support',
  'early-help': 'Early help',
  send: 'SEND and inclusion',
} as const
export type Specialist = keyof typeof SPECIALISTS
export const specialistWords = (name: string): string =>
  Object.hasOwn(SPECIALISTS, name) ? SPECIALISTS[name as Specialist] : name

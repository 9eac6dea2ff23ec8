import { computeDeadlines, type Deadline, date, parseFact } from '../../../law/index.ts'

/**
 * The limit for deciding whether to assess, from the day a request reached the council, whoever has opened it: as soon as
 * practicable and within 6 weeks. Children and Families Act 2014, s.36; SEND Regulations 2014, reg 5(1).
 */
export function decisionAfter(receivedOn: string, today: string): Deadline {
  const parsed = parseFact({
    kind: 'request_received',
    on: receivedOn,
    recordedOn: receivedOn,
    process: 'request',
  })
  if (!parsed.ok) throw new Error(`a request received on ${receivedOn} cannot be read: ${parsed.reason}`)
  const decision = computeDeadlines([parsed.fact], {
    asAt: date(today),
    rules: new Set(['decision-to-assess']),
  }).find((deadline) => deadline.rule === 'decision-to-assess')
  if (!decision || decision.dueOn === null)
    throw new Error('the law gives a request no date for its decision')
  return decision
}

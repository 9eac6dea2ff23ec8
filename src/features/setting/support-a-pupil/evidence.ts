import { dayInWords } from '../../../ui/parts/index.ts'
import type { PupilRecord } from './queries.ts'
import { needWords, nextStepWords, RESULTS } from './schema.ts'

/** One part of the evidence: a heading and its lines. */
export interface EvidencePart {
  readonly heading: string
  readonly lines: readonly string[]
}

const said = (label: string, text: string | null): string[] => (text ? [`${label}: ${text}`] : [])

/** The graduated response in words, oldest round first: what a request or an advice takes with it, as it stands that day. */
export function evidenceOf(record: PupilRecord): readonly EvidencePart[] {
  const { pupil, cycles, meetings } = record
  return [
    {
      heading: `SEN support at ${pupil.settingName}`,
      lines: [
        `On SEN support from ${dayInWords(pupil.supportFrom)}${pupil.supportTo ? ` to ${dayInWords(pupil.supportTo)}` : ''}.`,
        `${cycles.length} ${cycles.length === 1 ? 'round' : 'rounds'} of assess, plan, do, review; ${meetings.length} ${meetings.length === 1 ? 'meeting' : 'meetings'} with parents recorded.`,
      ],
    },
    ...cycles.toReversed().map((cycle) => ({
      heading: `Round ${cycle.number}, from ${dayInWords(cycle.startedOn)}`,
      lines: [
        ...(cycle.needTypes.length > 0
          ? [`Kinds of need: ${cycle.needTypes.map(needWords).join(', ')}`]
          : []),
        ...said('Needs', cycle.needs),
        ...said('What the child said', cycle.childViews),
        ...said('What the parents said', cycle.parentViews),
        ...cycle.outcomes.map(
          (one) =>
            `Outcome: ${one.outcome} (measured by: ${one.measure}${one.start ? `; at the start: ${one.start}` : ''})${one.result ? `: ${RESULTS[one.result].toLowerCase()}` : ''}`,
        ),
        ...cycle.provision.map(
          (one) =>
            `Support: ${one.what}; by ${one.who}; ${one.often}${one.long ? `, ${one.long}` : ''}${one.from ? `, from ${dayInWords(one.from)}` : ''}${one.to ? ` to ${dayInWords(one.to)}` : ''}${one.effect ? `. Effect: ${one.effect}` : ''}`,
        ),
        ...(cycle.reviewedOn
          ? [
              `Reviewed on ${dayInWords(cycle.reviewedOn)}: ${cycle.effect ?? ''}`,
              ...said('What they said then', cycle.viewsAfter),
              `Next: ${nextStepWords(cycle.nextStep)}`,
            ]
          : ['Not reviewed yet']),
      ],
    })),
    ...(meetings.length > 0
      ? [
          {
            heading: 'Meetings with the parents',
            lines: meetings.toReversed().map((one) => `${dayInWords(one.metOn)}, ${one.who}: ${one.said}`),
          },
        ]
      : []),
  ]
}

export const evidenceText = (parts: readonly EvidencePart[]): string =>
  parts.map((part) => [part.heading, ...part.lines.map((line) => `- ${line}`)].join('\n')).join('\n\n')

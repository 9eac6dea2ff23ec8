import { ATTRIBUTES, type AttributeName, FACT_KINDS, FACT_SPECIFICATIONS, type FactKind } from './facts.ts'

const LANES: Readonly<Record<string, string>> = {
  assessment: 'Assessment',
  plan: 'Plan',
  review: 'Review and amendment',
  reassessment: 'Re-assessment',
  move: 'Moves between authorities and health bodies',
  mediation: 'Mediation',
  appeal: 'Appeals, orders and recommendations',
  money: 'Personal budgets and direct payments',
  education: 'Education otherwise',
  complaint: 'Complaints',
  any: 'Any process',
}

/** The page of fact kinds, written from their specifications. */
export function factKindsPage(): string {
  const sections = Object.entries(LANES).map(([lane, title]) => {
    const kinds = FACT_KINDS.filter((kind) => FACT_SPECIFICATIONS[kind].lane === lane)
    return `## ${title}\n\n| Kind | Meaning | Attributes |\n| --- | --- | --- |\n${kinds.map(row).join('\n')}\n`
  })
  return `# Kinds of fact

Written from src/law/facts; do not edit. ${FACT_KINDS.length} kinds.

A fact is \`{ "kind", "on" }\` and may carry \`id\`, \`recordedOn\` (the day it became known; its own day when left out),
\`process\` (ties facts of one assessment, review or dispute together) and \`precision\` (\`day\` when left out; with
\`month\` or \`year\` it is kept as evidence and moves no clock). Dates are written yyyy-mm-dd. Attributes in **bold**
are needed. Anything else (a \`note\`, say) is allowed and ignored. *May lie ahead*: it can be arranged for a later day.

${sections.join('\n')}
## Attributes

| Attribute | Written as | Meaning |
| --- | --- | --- |
${(Object.keys(ATTRIBUTES) as AttributeName[]).map(attributeRow).join('\n')}
`
}

function row(kind: FactKind): string {
  const { meaning, plannable, required = [], optional = [] } = FACT_SPECIFICATIONS[kind]
  const names = [...required.map((name) => `**${name}**`), ...optional].join(', ')
  return `| \`${kind}\` | ${meaning}${plannable === true ? ' *May lie ahead.*' : ''} | ${names} |`
}

function attributeRow(name: AttributeName): string {
  const attribute = ATTRIBUTES[name]
  const written =
    attribute.type === 'one-of' ? attribute.values.map((value) => `\`${value}\``).join(', ') : attribute.type
  return `| \`${name}\` | ${written} | ${attribute.meaning} |`
}

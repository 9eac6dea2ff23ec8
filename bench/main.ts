/** `npm run bench`: each budget of the design beside what was measured in this run. Nothing here fails a build. */
import { type BenchLine, benchClock } from './clock.ts'

interface Group {
  readonly name: string
  readonly run: () => Promise<readonly BenchLine[]>
}

const groups: readonly Group[] = [
  { name: 'clock', run: async () => benchClock() },
  { name: 'pages', run: async () => (await import('./pages.ts')).benchPages() },
  { name: 'figures', run: async () => (await import('./figures.ts')).benchFigures() },
  { name: 'documents', run: async () => (await import('./documents.ts')).benchDocuments() },
  { name: 'start', run: async () => (await import('./start.ts')).benchStart() },
]

const number = (value: number): string =>
  value >= 1000 ? Math.round(value).toLocaleString('en-GB') : String(Math.round(value * 100) / 100)

function print(line: BenchLine): void {
  const limit = `${line.better === 'more' ? 'at least' : 'at most'} ${number(line.limit)}`
  console.log(
    `${line.ok ? 'within ' : 'BEYOND '} ${line.name.padEnd(58)} ${`${number(line.value)} ${line.unit}`.padStart(20)}   ${limit}${line.note ? `   ${line.note}` : ''}`,
  )
}

const asked = process.argv.slice(2)
console.log(
  `Node ${process.version}, ${process.platform} ${process.arch}. Single runs on a shared machine: ratios matter, small differences do not.`,
)
let beyond = 0
for (const group of groups) {
  if (asked.length > 0 && !asked.includes(group.name)) continue
  console.log(`\n${group.name}`)
  try {
    for (const line of await group.run()) {
      print(line)
      if (!line.ok) beyond++
    }
  } catch (error) {
    beyond++
    console.log(`FAILED  ${error instanceof Error ? error.stack : String(error)}`)
  }
}
console.log(`\n${beyond === 0 ? 'Every budget was met.' : `${beyond} beyond budget or failed.`}`)

import { readdirSync, readFileSync } from 'node:fs'

/**
 * Processor time, in milliseconds, spent so far by this process and by the sessions of one PostgreSQL server: on a
 * shared machine it says what a request costs when the clock cannot. Zero for PostgreSQL where /proc is not to be had.
 */
export function processorTime(dataFolder: string): { readonly app: number; readonly postgres: number } {
  const { user, system } = process.cpuUsage()
  let postgres = 0
  const postmaster = readOrNothing(`${dataFolder}/postmaster.pid`).split('\n')[0]
  if (!postmaster) return { app: (user + system) / 1000, postgres }
  try {
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue
      const stat = readOrNothing(`/proc/${name}/stat`)
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      // Of sessions that have ended, the postmaster keeps the sum.
      if (name === postmaster) postgres += (Number(fields[13]) + Number(fields[14])) * 10
      if (fields[1] !== postmaster) continue
      postgres += (Number(fields[11]) + Number(fields[12])) * 10
    }
  } catch {
    postgres = 0
  }
  return { app: (user + system) / 1000, postgres }
}

function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return '' // it ended between being listed and being read
  }
}

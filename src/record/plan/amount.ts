import { EVERY } from './code-sets.ts'
import type { ProvisionContent } from './parts.ts'

/** As people say it; anything more than the number alone stays as it was typed. */
const ONE_OR_TWO: Readonly<Record<string, string | undefined>> = { '1': 'once', '2': 'twice' }

/** How much, how often and for how long, in words as they were typed; empty when nothing was said. */
export function amountInWords(
  line: Pick<ProvisionContent, 'length' | 'times' | 'count' | 'every' | 'forHowLong'>,
): string {
  const often =
    line.every === 'once'
      ? `${line.times || '?'} in all`
      : line.times && line.every
        ? `${ONE_OR_TWO[line.times.trim()] ?? `${line.times} ${line.count === 1 ? 'time' : 'times'}`} ${EVERY[line.every]}`
        : line.times
  return [line.length, often, line.forHowLong ? `for ${line.forHowLong}` : ''].filter(Boolean).join(', ')
}

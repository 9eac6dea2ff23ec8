/** Reading and writing line by line with flat memory, for the commands that stream. */
import { StringDecoder } from 'node:string_decoder'
import type { Io } from './io.ts'

/** Signs in one line. What is past this is let go as it comes, and the line is named as too long. */
export const LONGEST_LINE = 1_000_000

/** Waits for a slow reader, so that memory stays flat however many lines there are. */
export async function write(io: Pick<Io, 'stdout'>, text: string): Promise<void> {
  const { stdout } = io
  if (!stdout.write(text) && stdout.once !== undefined) {
    await new Promise<void>((resolve) => stdout.once?.('drain', resolve))
  }
}

/** The whole lines of each chunk, without carriage returns or a byte order mark. */
export async function* linesOf(input: AsyncIterable<Uint8Array | string>): AsyncGenerator<string[]> {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  let first = true
  for await (const chunk of input) {
    let text = typeof chunk === 'string' ? chunk : decoder.write(chunk as Buffer)
    if (first && text.length > 0) {
      if (text.charCodeAt(0) === 0xfeff) text = text.slice(1)
      first = false
    }
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    // What is past the limit of a line is let go as it comes: one more sign is enough to know it was too long.
    if (rest.length > LONGEST_LINE) rest = rest.slice(0, LONGEST_LINE + 1)
    if (lines.length > 0) yield lines
  }
  rest += decoder.end()
  if (rest !== '') yield [rest]
}

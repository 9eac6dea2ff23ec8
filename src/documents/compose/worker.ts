import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import { initSync, TypstCompilerBuilder } from '@myriaddreamin/typst-ts-web-compiler'
import type { ComposeAnswer, ComposeAsk, ComposerData } from './protocol.ts'
import { showTitle } from './show-title.ts'

// Composing lives in this thread, so that a long document never holds up a page being served.

const { fonts, compiler: known } = workerData as ComposerData
const LAYOUT = '/layout.typ'
const CONTENT = '/content.json'
const compiler =
  known ??
  new WebAssembly.Module(
    readFileSync(fileURLToPath(import.meta.resolve('@myriaddreamin/typst-ts-web-compiler/wasm'))),
  )
const { memory } = initSync({ module: compiler })
/** It remembers all it has typeset and can be told to forget nothing: the thread is replaced when it holds too much. */
const heldMegabytes = (): number => memory.buffer.byteLength / 2 ** 20
const builder = new TypstCompilerBuilder()
// It reads no file and no network: only the layout and the content given.
builder.set_dummy_access_model()
for (const name of readdirSync(fonts).toSorted())
  if (name.endsWith('.ttf')) await builder.add_raw_font(readFileSync(path.join(fonts, name)))
const typst = await builder.build()
const REFUSED = 'the layout was refused'

function composePdf({ id, layout, content }: ComposeAsk & { as: 'pdf' }): ComposeAnswer {
  typst.add_source(LAYOUT, layout)
  typst.map_shadow(CONTENT, content)
  try {
    const made = typst.compile(LAYOUT, undefined, 'pdf', 1) as { result?: Uint8Array }
    return made.result
      ? { id, made: showTitle(made.result), heldMegabytes: heldMegabytes() }
      : { id, problem: REFUSED }
  } catch {
    // What was thrown tells of the layout, and may quote the content: it goes no further.
    return { id, problem: REFUSED }
  } finally {
    typst.unmap_shadow(CONTENT)
  }
}

async function composeWord({ id, content }: ComposeAsk): Promise<ComposeAnswer> {
  try {
    const { wordFile } = await import('./word.ts')
    const made = await wordFile(JSON.parse(new TextDecoder().decode(content)))
    return { id, made, heldMegabytes: heldMegabytes() }
  } catch (error) {
    return { id, problem: error instanceof Error ? error.name : 'unknown' }
  }
}

parentPort?.postMessage({ ready: true, compiler } satisfies ComposeAnswer)
parentPort?.on('message', async (ask: ComposeAsk) => {
  const answer = ask.as === 'pdf' ? composePdf(ask) : await composeWord(ask)
  parentPort?.postMessage(answer, 'made' in answer ? [answer.made.buffer as ArrayBuffer] : [])
})

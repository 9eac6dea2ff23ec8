import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { LaidOut } from '../lay-out.ts'
import type { ComposeAnswer, ComposeAsk, ComposerData } from './protocol.ts'

/** A document that was not made: the words say why, and hold nothing of what was to be printed. */
export class NotComposed extends Error {
  override readonly name = 'NotComposed'
}

/**
 * How long one document may take before the thread is ended and made anew: less than a connection is kept open in silence, so that
 * whoever asked is told.
 */
const PATIENCE_MS = 20_000
/** Starting reads the compiler and the fonts: a second on a quiet machine, far more on a busy one. */
const START_PATIENCE_MS = 60_000
/** A thread that holds more memory than this is replaced when nothing waits for it, and above the second at once. */
const REPLACE_WHEN_IDLE_MB = 200
const REPLACE_AT_ONCE_MB = 1000
/** More than this many waiting means that something is wrong, or somebody is: they are told to try again. */
const MOST_WAITING = 100

interface Waiting {
  readonly ask: ComposeAsk
  readonly patienceMs: number
  readonly resolve: (made: Uint8Array) => void
  readonly reject: (problem: Error) => void
}

const asBytes = (content: LaidOut): Uint8Array => new TextEncoder().encode(JSON.stringify(content))

/** The worker beside the bundle when built, beside this file when run from source. */
function workerFile(): URL {
  const built = new URL('./documents-worker.js', import.meta.url)
  return existsSync(fileURLToPath(built)) ? built : new URL('./worker.ts', import.meta.url)
}

/** The folder of fonts beside this file's project, whether run from source or from the bundle in `dist`. */
function fontsFolder(): string {
  for (let folder = path.dirname(fileURLToPath(import.meta.url)); ; folder = path.dirname(folder)) {
    const fonts = path.join(folder, 'data', 'fonts')
    if (existsSync(fonts)) return fonts
    if (folder === path.dirname(folder)) throw new Error('the fonts are missing: the download is not whole')
  }
}

/**
 * Typst, and the maker of Word files, in one thread of their own: documents are composed one after another, in the order they were asked for, and nothing else
 * waits. A document that hangs costs itself only: the thread is ended, and the next document has a new one.
 */
export class Composer {
  readonly #patienceMs: number
  readonly #queue: Waiting[] = []
  #worker: Worker | undefined
  #isReady = false
  #inHand: Waiting | undefined
  #timer: NodeJS.Timeout | undefined
  #nextId = 1
  #compiler: WebAssembly.Module | undefined

  constructor(options: { readonly patienceMs?: number } = {}) {
    this.#patienceMs = options.patienceMs ?? PATIENCE_MS
  }

  /**
   * Composes a PDF.
   * @param layout our own Typst source
   * @param content read by the layout with `json()`: words of people are data there, whatever signs are in them
   * @param patienceMs how long it may take, where nobody waits for it at a page
   * @throws NotComposed when it cannot be made, takes too long, or too many are waiting
   */
  pdf(layout: string, content: LaidOut, patienceMs?: number): Promise<Uint8Array> {
    return this.#ask((id) => ({ id, as: 'pdf', layout, content: asBytes(content) }), patienceMs)
  }

  /** Composes a Word file of one document. Throws as `pdf` does. */
  word(content: LaidOut): Promise<Uint8Array> {
    return this.#ask((id) => ({ id, as: 'word', content: asBytes(content) }))
  }

  #ask(make: (id: number) => ComposeAsk, patienceMs = this.#patienceMs): Promise<Uint8Array> {
    if (this.#queue.length >= MOST_WAITING)
      return Promise.reject(new NotComposed('too many documents are waiting to be made'))
    return new Promise((resolve, reject) => {
      this.#queue.push({ ask: make(this.#nextId++), patienceMs, resolve, reject })
      this.#next()
    })
  }

  /** Starts the thread, so that the first document does not wait for it. */
  warm(): void {
    if (!this.#worker) this.#start()
  }

  /** Ends the thread. What waits is not made; a later document starts a new one. */
  async stop(): Promise<void> {
    const worker = this.#worker
    this.#end(new NotComposed('the server is stopping'))
    for (const waiting of this.#queue.splice(0)) waiting.reject(new NotComposed('the server is stopping'))
    await worker?.terminate()
  }

  #start(): void {
    const worker = new Worker(workerFile(), {
      workerData: { fonts: fontsFolder(), compiler: this.#compiler } satisfies ComposerData,
    })
    // A program that has nothing else to do may end.
    worker.unref()
    this.#worker = worker
    this.#isReady = false
    const isOurs = (): boolean => this.#worker === worker
    worker.on('message', (answer: ComposeAnswer) => {
      if (isOurs()) this.#hear(answer)
    })
    worker.on('error', () => {
      if (isOurs()) this.#end(new NotComposed('making the document failed'))
    })
    worker.on('exit', () => {
      if (isOurs()) this.#end(new NotComposed('making the document failed'))
    })
    this.#waitFor(START_PATIENCE_MS)
  }

  #hear(answer: ComposeAnswer): void {
    clearTimeout(this.#timer)
    if ('ready' in answer) {
      this.#isReady = true
      this.#compiler = answer.compiler
    } else {
      const inHand = this.#inHand
      this.#inHand = undefined
      if ('made' in answer) inHand?.resolve(answer.made)
      else inHand?.reject(new NotComposed(answer.problem))
      const held = 'made' in answer ? answer.heldMegabytes : 0
      if (held > (this.#queue.length === 0 ? REPLACE_WHEN_IDLE_MB : REPLACE_AT_ONCE_MB)) this.#replace()
    }
    this.#next()
  }

  #next(): void {
    if (this.#inHand || this.#queue.length === 0) {
      if (!this.#inHand && this.#isReady) this.#worker?.unref()
      return
    }
    if (!this.#worker) this.#start()
    this.#worker?.ref()
    if (!this.#isReady) return
    this.#inHand = this.#queue.shift()
    this.#worker?.postMessage(this.#inHand!.ask)
    this.#waitFor(this.#inHand!.patienceMs)
  }

  /** Typesetting forgets nothing: a new thread gives the memory back. It starts at once, so that nobody waits for it later. */
  #replace(): void {
    const worker = this.#worker
    this.#worker = undefined
    this.#isReady = false
    void worker?.terminate()
    this.#start()
  }

  #waitFor(ms: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(
      () => this.#end(new NotComposed('the document took too long to make, so it was given up')),
      ms,
    )
    this.#timer.unref()
  }

  /** The thread has ended or is ended now: what was in hand is lost, and what waits goes on in a new thread. */
  #end(why: NotComposed): void {
    clearTimeout(this.#timer)
    const worker = this.#worker
    const wasReady = this.#isReady
    this.#worker = undefined
    this.#isReady = false
    void worker?.terminate()
    const lost = this.#inHand
    this.#inHand = undefined
    lost?.reject(why)
    // A thread that does not even start would not the next time either: nobody is kept waiting for it.
    if (!wasReady) for (const waiting of this.#queue.splice(0)) waiting.reject(why)
    this.#next()
  }
}

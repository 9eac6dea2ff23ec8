import { spawn } from 'node:child_process'

/** What a load of requests gave. */
export interface Load {
  readonly requestsPerSecond: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly requests: number
  /** Answers that were not the status asked for: any makes the figures worthless. */
  readonly wrong: number
  /** Bytes of the longest answer's body. */
  readonly body: number
}

export interface LoadOptions {
  readonly port: number
  readonly cookie: string
  readonly seconds: number
  readonly connections: number
  readonly expect: number
  /** Whole requests after the first line's path: one is taken in turn. */
  readonly requests: readonly {
    readonly method: 'GET' | 'POST'
    readonly path: string
    readonly body?: string
  }[]
  /** Post each request once only and stop when there are no more. */
  readonly once?: boolean
}

/** Runs in a process of its own, on bare sockets, so that it takes little of the two cores it shares with the server. */
const program = String.raw`
import net from 'node:net'
let text = ''
for await (const chunk of process.stdin) text += chunk
const o = JSON.parse(text)
const messages = o.requests.map((r) => Buffer.from(r.method + ' ' + r.path + ' HTTP/1.1\r\nhost: bench\r\ncookie: ' + o.cookie + '\r\n' +
  (r.body === undefined ? '\r\n' : 'content-type: application/x-www-form-urlencoded\r\ncontent-length: ' + Buffer.byteLength(r.body) + '\r\n\r\n' + r.body)))
const times = []
let next = 0, wrong = 0, body = 0, failure = ''
const until = performance.now() + o.seconds * 1000
const began = performance.now()
const one = () => new Promise((done, fail) => {
  const socket = net.connect(o.port, '127.0.0.1')
  socket.setNoDelay(true)
  let sent = 0, got = [], size = 0, need = -1, length = 0
  const send = () => {
    if (performance.now() > until || (o.once && next >= messages.length)) { socket.destroy(); return done() }
    got = []; size = 0; need = -1
    sent = performance.now()
    socket.write(messages[next++ % messages.length])
  }
  socket.on('connect', send)
  socket.on('error', fail)
  socket.on('data', (chunk) => {
    got.push(chunk); size += chunk.length
    if (need < 0) {
      const head = (got.length === 1 ? chunk : Buffer.concat(got)).toString('latin1')
      const end = head.indexOf('\r\n\r\n')
      if (end < 0) return
      length = Number(/content-length: (\d+)/i.exec(head.slice(0, end))?.[1] ?? 0)
      need = end + 4 + length
      if (Number(head.slice(9, 12)) !== o.expect) { wrong++; failure ||= head.slice(0, 200) }
    }
    if (size >= need) { times.push(performance.now() - sent); body = Math.max(body, length); send() }
  })
})
await Promise.all(Array.from({ length: o.connections }, one))
const took = (performance.now() - began) / 1000
times.sort((a, b) => a - b)
const at = (p) => times[Math.min(times.length - 1, Math.floor(times.length * p))] ?? 0
process.stdout.write(JSON.stringify({ requestsPerSecond: times.length / took, p50: at(0.5), p95: at(0.95), p99: at(0.99), requests: times.length, wrong, body, failure }))
`

/** Sends requests for some seconds on keep-alive connections and says how it went. */
export async function load(options: LoadOptions): Promise<Load> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(JSON.stringify(options))
  let text = ''
  for await (const chunk of child.stdout) text += String(chunk)
  const result = JSON.parse(text) as Load & { readonly failure: string }
  if (result.wrong > 0)
    throw new Error(
      `${result.wrong} of ${result.requests} answers were not ${options.expect}: ${result.failure}`,
    )
  return result
}

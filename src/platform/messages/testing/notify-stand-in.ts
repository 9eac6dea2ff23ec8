import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface NotifyCall {
  readonly method: string
  readonly path: string
  readonly issuer: string
  readonly isSignedByTheKey: boolean
  readonly body: Record<string, unknown>
}

export interface NotifyStandIn {
  readonly url: string
  readonly apiKey: string
  readonly calls: readonly NotifyCall[]
  /** What it says of a message, by its number here. */
  readonly statuses: Map<string, string>
  /** Answers the next post with this; `cut` takes it and hangs up before answering. */
  next: { readonly status: number } | 'cut' | undefined
  close(): Promise<void>
}

const SERVICE = '11111111-2222-4333-8444-555555555555'
const SECRET = '66666666-7777-4888-8999-aaaaaaaaaaaa'

/**
 * Stands in for GOV.UK Notify, which cannot be reached from here: it speaks the parts of its interface that we use, as its
 * documentation gives them, and checks the signature of each call. It proves what we send, not what Notify does with it.
 */
export async function startNotifyStandIn(): Promise<NotifyStandIn> {
  const calls: NotifyCall[] = []
  const statuses = new Map<string, string>()
  const references = new Map<string, string>()
  const state: { next: NotifyStandIn['next'] } = { next: undefined }
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (part: Buffer) => {
      text += part.toString('utf8')
    })
    request.on('end', () => {
      const [header, payload, signature] = (request.headers.authorization ?? '')
        .replace('Bearer ', '')
        .split('.')
      const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString() || '{}')
      const call: NotifyCall = {
        method: request.method ?? '',
        path: request.url ?? '',
        issuer: claims.iss,
        isSignedByTheKey:
          createHmac('sha256', SECRET).update(`${header}.${payload}`).digest('base64url') === signature &&
          Math.abs(Date.now() / 1000 - claims.iat) < 30,
        body: text ? JSON.parse(text) : {},
      }
      calls.push(call)
      const answer = (status: number, body: unknown): void => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      }
      if (!call.isSignedByTheKey) return answer(403, { errors: [{ error: 'AuthError' }] })
      const url = new URL(call.path, 'http://notify.invalid')
      if (call.method === 'POST') {
        const { next } = state
        state.next = undefined
        if (typeof next === 'object')
          return answer(next.status, {
            errors: [{ error: next.status === 400 ? 'ValidationError' : 'RateLimitError' }],
          })
        const id = `notify-${calls.length}`
        statuses.set(id, 'created')
        references.set(String(call.body['reference']), id)
        if (next === 'cut') return void request.socket.destroy()
        return answer(201, { id, reference: call.body['reference'] })
      }
      const reference = url.searchParams.get('reference')
      if (url.pathname === '/v2/notifications') {
        const id = references.get(reference ?? '')
        return answer(200, {
          notifications: id ? [{ id, reference, status: statuses.get(id) }] : [],
          links: {},
        })
      }
      const id = url.pathname.split('/').at(-1)!
      answer(200, { id, status: statuses.get(id) })
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    apiKey: `test-${SERVICE}-${SECRET}`,
    calls,
    statuses,
    get next() {
      return state.next
    },
    set next(answer) {
      state.next = answer
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

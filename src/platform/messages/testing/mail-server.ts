import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** One message as the mail server took it. */
export interface TakenMail {
  readonly to: readonly string[]
  readonly from: string
  readonly raw: string
  readonly messageId: string
  readonly user: string
}

export interface MailServer {
  readonly url: string
  readonly port: number
  readonly taken: readonly TakenMail[]
  /** Answers the next recipients with this code, once each, before taking any. */
  refuseNext(...codes: readonly number[]): void
  /** Called with each message when it has been taken, before the server says so. */
  onTaken: ((mail: TakenMail) => void | Promise<void>) | undefined
  close(): Promise<void>
}

const USER = 'clearway'
const PASSWORD = 'correct horse'

/** A real SMTP server on this machine, which asks for a password. */
export async function startMailServer(port = 0): Promise<MailServer> {
  const taken: TakenMail[] = []
  const refusals: number[] = []
  const state: { onTaken: MailServer['onTaken'] } = { onTaken: undefined }
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: (auth, _session, done) => {
      if (auth.username === USER && auth.password === PASSWORD) done(null, { user: USER })
      else done(new Error('wrong name or password'))
    },
    onRcptTo: (_address, _session, done) => {
      const code = refusals.shift()
      done(code === undefined ? null : Object.assign(new Error('not now, or never'), { responseCode: code }))
    },
    onData: (stream, session, done) => {
      let raw = ''
      stream.on('data', (part: Buffer) => {
        raw += part.toString('utf8')
      })
      stream.on('end', async () => {
        const mail: TakenMail = {
          to: session.envelope.rcptTo.map(({ address }) => address),
          from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
          raw,
          messageId: /^message-id:\s*(\S+)/im.exec(raw)?.[1] ?? '',
          user: String(session.user),
        }
        taken.push(mail)
        await state.onTaken?.(mail)
        done()
      })
    },
  })
  server.on('error', () => {}) // a client cut off in the middle is what some tests are about
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  const at = (server.server.address() as AddressInfo).port
  return {
    url: `smtp://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${at}`,
    port: at,
    taken,
    refuseNext: (...codes) => refusals.push(...codes),
    get onTaken() {
      return state.onTaken
    },
    set onTaken(heard) {
      state.onTaken = heard
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** The plain words of a mail, decoded. */
export function wordsOf(raw: string): string {
  const part = /content-type: text\/plain[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/i.exec(raw)?.[1] ?? raw
  const bytes = part
    .replaceAll(/=\r\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8').replaceAll('\r\n', '\n')
}

import type { FastifyInstance, FastifyRequest } from 'fastify'

/** A form's words arrive in a moment; one that takes longer holds a connection for nothing. */
const WORDS_MS = 20_000
/** A big video over a slow line takes most of an hour; one from which nothing comes is gone sooner. */
export const UPLOAD_MS = 3_600_000
const UPLOAD_SILENCE_MS = 120_000
/** Time for the answer to be read. */
const AFTER_THE_ANSWER_MS = 5_000
export const SILENCE_MS = 30_000

/** Cuts off bodies that never end: soon where a page sends words, late where it sends files. */
export function cutOffSlowRequests(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    const socket = request.raw.socket
    if (takesFiles(request)) {
      socket?.setTimeout?.(UPLOAD_SILENCE_MS)
      reply.raw.once('close', () => socket?.setTimeout?.(SILENCE_MS))
      // Answered before it was all sent (not signed in, not our form): whoever goes on sending is not listened to for an hour.
      reply.raw.once('finish', () => {
        if (!request.raw.complete) setTimeout(() => socket?.destroy?.(), AFTER_THE_ANSWER_MS).unref()
      })
      return done()
    }
    if (request.method === 'GET' || request.method === 'HEAD') return done()
    const timer = setTimeout(() => {
      if (socket?.writable && !reply.sent)
        socket.end('HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\nconnection: close\r\n\r\n')
      socket?.destroySoon?.()
    }, WORDS_MS)
    timer.unref()
    const stop = (): void => clearTimeout(timer)
    request.raw.once('end', stop).once('close', stop)
    done()
  })
}

const takesFiles = (request: FastifyRequest): boolean =>
  (request.routeOptions?.config as { uploads?: unknown } | undefined)?.uploads !== undefined

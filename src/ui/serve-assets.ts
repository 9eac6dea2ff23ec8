import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { type Asset, assets, familyWorker } from './assets.ts'
import { compileTemplates } from './govuk/index.ts'

/** The route's declared access rule: anyone may have a style sheet, and nothing is about a child. */
const declared = { access: { who: 'anyone' }, touches: 'nothing' }

const worthCompressing = (asset: Asset) => asset.body.length > 1000

/** Serves every static file at its hashed address, compressed once at start, to be kept for a year.
 *  Also compiles the page templates, so that the first visitor does not wait for them. */
export function registerAssets(app: FastifyInstance): void {
  compileTemplates()
  const worker = familyWorker()
  app.get('/family-worker.js', { config: declared }, async (_request, reply) =>
    reply
      .header('content-type', 'text/javascript; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(worker),
  )
  for (const asset of assets().values()) {
    const brotli = worthCompressing(asset)
      ? brotliCompressSync(asset.body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
      : undefined
    const gzip = worthCompressing(asset) ? gzipSync(asset.body) : undefined
    app.get(asset.url, { config: declared }, async (request, reply) => {
      reply
        .header('content-type', asset.type)
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('vary', 'accept-encoding')
      const accepted = request.headers['accept-encoding'] ?? ''
      if (brotli && /\bbr\b/.test(accepted)) return reply.header('content-encoding', 'br').send(brotli)
      if (gzip && /\bgzip\b/.test(accepted)) return reply.header('content-encoding', 'gzip').send(gzip)
      return reply.send(asset.body)
    })
  }
}

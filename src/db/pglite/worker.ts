import { parentPort } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import type { FromWorker, ToWorker } from './protocol.ts'

// The embedded PostgreSQL lives in this thread, so that a long query never holds up a page being served.

const text = (value: string): string => value
const parsers = { 1082: text, 1184: text, 1114: text, 20: Number, 1700: Number }
let database: PGlite | undefined

async function answer(
  request: ToWorker,
): Promise<Pick<Extract<FromWorker, { rows: readonly unknown[] }>, 'rows' | 'affected'>> {
  if (request.ask === 'open') {
    database = await PGlite.create(request.folder === 'memory' ? 'memory://' : request.folder, { parsers })
    return { rows: [], affected: undefined }
  }
  if (!database) throw new Error('the embedded database is not open')
  switch (request.ask) {
    case 'query': {
      const result = await database.query(request.sql, [...request.parameters], { parsers })
      return { rows: result.rows, affected: result.affectedRows }
    }
    case 'script':
      await database.exec(request.sql)
      return { rows: [], affected: undefined }
    case 'dump': {
      const file = await database.dumpDataDir('gzip')
      return { rows: [{ bytes: new Uint8Array(await file.arrayBuffer()) }], affected: undefined }
    }
    case 'close':
      await database.close()
      database = undefined
      return { rows: [], affected: undefined }
  }
}

let queue: Promise<void> = Promise.resolve()
parentPort?.on('message', (request: ToWorker) => {
  queue = queue.then(async () => {
    try {
      const result = await answer(request)
      parentPort?.postMessage({ id: request.id, ...result } satisfies FromWorker)
    } catch (cause) {
      const error = cause as { message?: string; code?: string; constraint?: string; detail?: string }
      parentPort?.postMessage({
        id: request.id,
        error: {
          message: error.message ?? String(cause),
          code: error.code,
          constraint: error.constraint,
          detail: error.detail,
        },
      } satisfies FromWorker)
    }
  })
})

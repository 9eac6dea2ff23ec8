import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'

export interface Bucket {
  readonly url: string
  readonly objects: Map<string, { readonly data: Buffer; readonly putAt: Date }>
  readonly refused: string[]
  close(): Promise<void>
}

export const KEY = 'AKIDTESTONLY'
export const SECRET = 'a-secret-for-tests-only'

/**
 * A stand-in for a bucket: it speaks the few requests the store makes, and checks each signature by Signature Version 4 as
 * published, with code of its own. It is not S3: it proves that we sign and ask as S3 is documented, not that a service agrees.
 */
export async function openBucket(options: { readonly pageSize?: number } = {}): Promise<Bucket> {
  const objects = new Map<string, { data: Buffer; putAt: Date }>()
  const refused: string[] = []
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece)
    const body = Buffer.concat(pieces)
    const wrong = problemWith(request, body)
    if (wrong) {
      refused.push(wrong)
      return response.writeHead(403).end()
    }
    const url = new URL(request.url!, 'http://bucket')
    const key = decodeURIComponent(url.pathname.replace('/files/', ''))
    const held = objects.get(key)
    if (request.method === 'PUT') {
      objects.set(key, { data: body, putAt: new Date() })
      return response.writeHead(200).end()
    }
    if (request.method === 'DELETE') {
      objects.delete(key)
      return response.writeHead(204).end()
    }
    if (url.searchParams.get('list-type') === '2') {
      const keys = [...objects.keys()]
        .filter((one) => one.startsWith(url.searchParams.get('prefix')!))
        .toSorted()
      const from = Number(url.searchParams.get('continuation-token') ?? 0)
      const size = options.pageSize ?? 1000
      const page = keys.slice(from, from + size)
      const isMore = from + size < keys.length
      return response
        .writeHead(200)
        .end(
          `<?xml version="1.0"?><ListBucketResult><IsTruncated>${isMore}</IsTruncated>${isMore ? `<NextContinuationToken>${from + size}</NextContinuationToken>` : ''}${page
            .map(
              (one) =>
                `<Contents><Key>${one}</Key><LastModified>${objects.get(one)!.putAt.toISOString()}</LastModified><Size>${objects.get(one)!.data.length}</Size></Contents>`,
            )
            .join('')}</ListBucketResult>`,
        )
    }
    if (!held) return response.writeHead(404).end()
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')
    const data = range ? held.data.subarray(Number(range[1]), Number(range[2]) + 1) : held.data
    response.writeHead(range ? 206 : 200, { 'content-length': data.length })
    return response.end(request.method === 'HEAD' ? undefined : data)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return {
    url: `http://127.0.0.1:${port}/files`,
    objects,
    refused,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex')
const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest()

/** What is wrong with a request's signature, by the published steps; undefined when nothing is. */
function problemWith(request: IncomingMessage, body: Buffer): string | undefined {
  const found =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? '',
    )
  if (!found) return 'no signature'
  const [, key, day, region, names, signature] = found as unknown as string[]
  if (key !== KEY) return 'another key'
  const stated = String(request.headers['x-amz-content-sha256'])
  if (stated !== sha256(body)) return 'the content is not what was signed'
  if (request.method === 'PUT' && Number(request.headers['content-length']) !== body.length)
    return 'no length'
  for (const must of ['host', 'x-amz-date', 'x-amz-content-sha256'])
    if (!names!.split(';').includes(must)) return `${must} is not signed`
  const url = new URL(request.url!, 'http://bucket')
  const query = [...url.searchParams]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .toSorted()
    .join('&')
  const canonical = [
    request.method,
    url.pathname,
    query,
    ...names!
      .split(';')
      .map((name) => `${name}:${String(request.headers[name]).trim().replaceAll(/\s+/g, ' ')}`),
    '',
    names,
    stated,
  ].join('\n')
  const at = String(request.headers['x-amz-date'])
  const toSign = ['AWS4-HMAC-SHA256', at, `${day}/${region}/s3/aws4_request`, sha256(canonical)].join('\n')
  const signing = hmac(hmac(hmac(hmac(`AWS4${SECRET}`, day!), region!), 's3'), 'aws4_request')
  return hmac(signing, toSign).toString('hex') === signature ? undefined : 'the signature does not fit'
}

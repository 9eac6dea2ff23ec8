import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { type IncomingMessage, request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { AwsClient } from 'aws4fetch'
import { type FileStore, requireHash } from './store.ts'

/** A bucket of any service that speaks S3. */
export interface S3Place {
  /** `https://s3.eu-west-2.amazonaws.com/bucket`, or the bucket's own address. */
  readonly url: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const WAIT_MS = 60_000

/** Thrown when the bucket answers with anything but what was asked. */
export class BucketProblem extends Error {}

/**
 * Content in a bucket, one object for each hash. Each request is signed by its own content's hash, so the service refuses
 * what was changed on its way. The bucket must be private: nothing here makes an object public or signs an address for others.
 */
export function s3Store(place: S3Place): FileStore {
  const client = new AwsClient({ ...place, service: 's3' })
  const base = place.url.replace(/\/+$/, '')
  const addressOf = (sha256: string): string => `${base}/sha256/${requireHash(sha256)}`
  const ask = async (
    method: string,
    url: string,
    more: { headers?: Record<string, string>; path?: string; sha256?: string; size?: number } = {},
  ): Promise<IncomingMessage> => {
    const signed = await client.sign(url, {
      method,
      headers: { 'x-amz-content-sha256': more.sha256 ?? EMPTY, ...more.headers },
    })
    // Sent by the plain client and not by fetch, which cannot send a stream with its length, and S3 asks for the length.
    return new Promise((resolve, reject) => {
      const send = url.startsWith('https:') ? secureRequest : plainRequest
      const outgoing = send(
        url,
        {
          method,
          headers: {
            ...Object.fromEntries(signed.headers),
            ...(more.path === undefined ? {} : { 'content-length': String(more.size) }),
          },
          timeout: WAIT_MS,
        },
        resolve,
      )
      outgoing.on('timeout', () => outgoing.destroy(new BucketProblem('the bucket did not answer in time')))
      outgoing.on('error', reject)
      if (more.path === undefined) return void outgoing.end()
      const content = createReadStream(more.path)
      content.on('error', (error) => outgoing.destroy(error))
      content.pipe(outgoing)
    })
  }
  const expect = async (answer: IncomingMessage, ...statuses: number[]): Promise<IncomingMessage> => {
    if (statuses.includes(answer.statusCode ?? 0)) return answer
    answer.resume()
    throw new BucketProblem(`the bucket answered ${answer.statusCode}`)
  }
  const sizeOf = async (sha256: string): Promise<number | undefined> => {
    const answer = await expect(await ask('HEAD', addressOf(sha256)), 200, 404)
    answer.resume()
    return answer.statusCode === 404 ? undefined : Number(answer.headers['content-length'])
  }
  return {
    where: `the bucket ${base}`,
    async put(sha256, path, size) {
      // Sent even when it is there: its time is renewed, and the sweep of what nobody names leaves it for the new row.
      const answer = await ask('PUT', addressOf(sha256), { path, sha256, size })
      ;(await expect(answer, 200, 201, 204)).resume()
      await rm(path, { force: true })
    },
    sizeOf,
    read: async (sha256, range) =>
      expect(
        await ask('GET', addressOf(sha256), {
          ...(range ? { headers: { range: `bytes=${range.start}-${range.end}` } } : {}),
        }),
        200,
        206,
      ),
    async remove(sha256) {
      ;(await expect(await ask('DELETE', addressOf(sha256)), 200, 204, 404)).resume()
    },
    async *list() {
      let next: string | undefined
      do {
        const query = `?list-type=2&prefix=sha256%2F${next ? `&continuation-token=${encodeURIComponent(next)}` : ''}`
        const answer = await expect(await ask('GET', `${base}${query}`), 200)
        const pieces: Buffer[] = []
        for await (const piece of answer as AsyncIterable<Buffer>) pieces.push(piece)
        const xml = Buffer.concat(pieces).toString('utf8')
        for (const [, one] of xml.matchAll(/<Contents>([\s\S]*?)<\/Contents>/g)) {
          const sha256 = /<Key>(?:[^<]*\/)?([0-9a-f]{64})<\/Key>/.exec(one!)?.[1]
          const putAt = new Date(/<LastModified>([^<]+)</.exec(one!)?.[1] ?? '')
          if (sha256 && !Number.isNaN(putAt.getTime()))
            yield { sha256, putAt, size: Number(/<Size>(\d+)</.exec(one!)?.[1] ?? 0) }
        }
        next = /<IsTruncated>true</.test(xml)
          ? /<NextContinuationToken>([^<]+)</.exec(xml)?.[1]?.replaceAll('&amp;', '&')
          : undefined
      } while (next)
    },
  }
}

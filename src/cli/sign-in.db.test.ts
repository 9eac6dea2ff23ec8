import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FreshRecord, freshRecord } from '../db/testing/fresh-record.ts'
import { makeStoryAuthority } from '../db/testing/story-authority.ts'
import { startSession } from '../platform/sessions.ts'
import { endSessions, printRules, setRules } from './sign-in.ts'

let record: FreshRecord
const folder = mkdtempSync(join(tmpdir(), 'clearway-rules-'))
const said: string[] = []
const io = {
  stdout: { write: (text: string) => said.push(text) },
  stderr: { write: (text: string) => said.push(text) },
} as unknown as Parameters<typeof printRules>[1]
beforeAll(async () => {
  record = await freshRecord()
  await makeStoryAuthority(record.owner)
})
afterAll(() => record.close())

const set = (rules: unknown): Promise<number> => {
  said.length = 0
  const file = join(folder, 'rules.json')
  writeFileSync(file, JSON.stringify(rules))
  return setRules(record.owner, { file, from: '2026-07-06', why: 'Agreed' }, io)
}

describe('The rules of claims', () => {
  test('are set from a day with the reason, and printed', async () => {
    expect(
      await set({
        rules: [{ claim: 'roles', is: 'SEND.Manager', role: 'send-manager', remit: 'authority' }],
      }),
    ).toBe(0)
    expect(said.join()).toContain('1 rules hold from 2026-07-06')
    said.length = 0
    await printRules(record.owner, io)
    expect(said.join()).toContain('From 2026-07-06: Agreed')
    expect(said.join()).toContain('SEND.Manager')
  })
  test.each([
    [{ rules: [] }],
    [{ rules: [{ claim: 'roles', is: 'X', role: 'system', remit: 'authority' }] }],
    [{ rules: [{ claim: 'roles', is: 'X', role: 'parent', remit: 'relationships' }] }],
    [{ rules: [{ claim: 'roles', is: 'X', role: 'plan-coordinator', remit: 'locality' }] }],
    [{ rules: [{ claim: 'roles', is: 'X', role: 'board-member', remit: 'none' }] }],
    [{ rules: [{ claim: 'roles', is: 'X', role: 'board-member', door: 'board', remit: 'authority' }] }],
    [{ rules: [{ claim: 'roles', is: 'X', role: 'qa-lead', remit: 'authority', misspelt: 1 }] }],
    [{ rules: [{ claim: 'roles', is: ['X'], role: 'qa-lead', remit: 'authority' }] }],
  ])('%j is refused, and nothing is set', async (rules) => {
    const count = async () =>
      (await record.owner.selectFrom('authority_setting').select('id').execute()).length
    const before = await count()
    expect(await set(rules)).toBe(1)
    expect(await count()).toBe(before)
  })
})

test('an administrator ends the sessions of one address, or of everybody', async () => {
  const people = await record.owner
    .selectFrom('account')
    .select(['id', 'email'])
    .where('door', '<>', 'system')
    .limit(3)
    .execute()
  for (const { id } of people) await startSession(record.db, id, '2026-07-06')
  const open = async () =>
    (
      await record.owner.selectFrom('session').select('account_id').where('ended_at', 'is', null).execute()
    ).map(({ account_id }) => account_id)
  await endSessions(record.owner, people[0]!.email.toUpperCase(), io)
  expect((await open()).toSorted()).toEqual([people[1]!.id, people[2]!.id].toSorted())
  await endSessions(record.owner, undefined, io)
  expect(await open()).toEqual([])
})

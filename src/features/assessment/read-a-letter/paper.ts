import { createHash } from 'node:crypto'
import { composePdf, composeWord, NotComposed } from '../../../documents/compose/index.ts'
import { type KeptLetter, letterDocument, UnknownLetter } from '../../../documents/letters/index.ts'
import {
  type Access,
  type Answer,
  type Context,
  caseReaders,
  familyRoles,
  type Route,
  settingRoles,
} from '../../../platform/routes.ts'
import { NotAsSent, NotMade } from '../../../ui/documents/index.ts'

const FORMATS = {
  pdf: { type: 'application/pdf', compose: composePdf },
  docx: {
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    compose: composeWord,
  },
} as const

/** A letter as paper, for whoever may read it: the record decides which letters those are. */
const paper =
  (door: string, format: keyof typeof FORMATS) =>
  async (context: Context): Promise<Answer> => {
    const id = context.params['id'] ?? ''
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return { missing: true }
    const letter = await context.read(`${door}: letter as ${format}`, async (trx, saw) => {
      const found = await trx
        .selectFrom('document')
        .select(['child_id', 'title', 'body', 'sha256'])
        .where('id', '=', id)
        .executeTakeFirst()
      if (!found) return undefined
      saw(found.child_id)
      const authority = await trx.selectFrom('authority').select('name').executeTakeFirst()
      return { ...found, authorityName: authority?.name ?? 'The council' }
    })
    if (!letter) return { missing: true }
    const body = letter.body ?? ''
    if (letter.sha256 === null || createHash('sha256').update(body).digest('hex') !== letter.sha256)
      return NotAsSent()
    const kept: KeptLetter = { ...letter, body, sha256: letter.sha256 }
    const isLarge = context.query['print'] === 'large'
    try {
      const made = await FORMATS[format].compose(letterDocument(kept, isLarge ? 'large' : 'standard'))
      const name = `letter-${kept.sha256.slice(0, 8)}${isLarge ? '-large' : ''}.${format}`
      return { file: { name, type: FORMATS[format].type, body: made } }
    } catch (error) {
      if (error instanceof NotComposed || error instanceof UnknownLetter) return NotMade()
      throw error
    }
  }

const DOORS: readonly { readonly base: string; readonly access: Access }[] = [
  { base: '/staff/letters', access: { who: 'roles', roles: caseReaders } },
  { base: '/family/letters', access: { who: 'roles', roles: familyRoles } },
  { base: '/setting/letters', access: { who: 'roles', roles: settingRoles } },
]

export const paperRoutes: readonly Route[] = DOORS.flatMap(({ base, access }) =>
  (Object.keys(FORMATS) as (keyof typeof FORMATS)[]).map(
    (format): Route => ({
      method: 'GET',
      url: `${base}/:id/letter.${format}`,
      access,
      touches: 'children',
      handle: paper(base.split('/')[1]!, format),
    }),
  ),
)

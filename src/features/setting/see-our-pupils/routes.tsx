import { findRule } from '../../../law/index.ts'
import { type Answer, type Context, type Route, SEARCHES, viewerOf } from '../../../platform/routes.ts'
import { foldName } from '../../../record/names.ts'
import { findConsultations } from '../answer-a-consultation/index.ts'
import { findAdviceAsked } from '../give-school-advice/index.ts'
import { isUuid, ourSettings, settingAccess, speaksForSetting } from '../the-setting/index.ts'
import { OnePupil, PupilsPage } from './page.tsx'
import { findPupils, type PupilRow, WHERE_WORDS, type Where, whereIs } from './queries.ts'

const isWhere = (text: string): text is Where => Object.hasOwn(WHERE_WORDS, text)

const matches = (row: PupilRow, words: string): boolean => {
  const name = ` ${foldName(`${row.given_name} ${row.family_name}`)}`
  return (
    foldName(words)
      .split(' ')
      .every((word) => name.includes(` ${word}`)) ||
    (row.upn !== null && row.upn === words.trim().toUpperCase())
  )
}

async function list(context: Context): Promise<Answer> {
  const where = context.query['where'] ?? ''
  const chosen = {
    words: (context.query['words'] ?? '').trim().slice(0, 100),
    where: isWhere(where) ? where : ('' as const),
    setting: (context.query['setting'] ?? '').slice(0, 10),
    page: Math.max(1, Math.trunc(Number(context.query['page'] ?? 1)) || 1),
  }
  const read = await context.read('pupils of a setting', async (trx, saw) => {
    const all = await findPupils(trx)
    const consulted = (await findConsultations(trx)).filter((one) => !one.is_our_pupil)
    const rows = all.filter(
      (row) =>
        (chosen.words === '' || matches(row, chosen.words)) &&
        (chosen.where === '' || whereIs(row) === chosen.where) &&
        (chosen.setting === '' || row.setting_urn === chosen.setting),
    )
    saw([...rows.flatMap((row) => row.child_id ?? []), ...consulted.map((one) => one.child_id)])
    return { all: all.length, rows, consulted, settings: await ourSettings(trx) }
  })
  return {
    page: {
      title: 'Our pupils',
      wide: true,
      main: (
        <PupilsPage
          {...read}
          chosen={chosen}
          maySpeak={speaksForSetting(viewerOf(context))}
          today={context.today}
        />
      ),
    },
  }
}

async function one(context: Context): Promise<Answer> {
  const { id } = context.params
  if (!isUuid(id)) return { missing: true }
  const read = await context.read('pupil of a setting', async (trx, saw) => {
    const row = (await findPupils(trx)).find((pupil) => pupil.child_id === id)
    if (!row) return undefined
    saw(id)
    const open = await trx
      .selectFrom('process')
      .select(['next_rule', 'next_due_on'])
      .where('child_id', '=', id)
      .where('kind', '=', 'assessment')
      .where('closed_on', 'is', null)
      .executeTakeFirst()
    return {
      row,
      open,
      advice: await findAdviceAsked(trx, { childId: id }),
      consultations: await findConsultations(trx, { childId: id }),
    }
  })
  if (!read) return { missing: true }
  const { row, open } = read
  return {
    page: {
      title: `${row.given_name} ${row.family_name}`,
      backLink: { href: '/setting/pupils', text: 'Our pupils' },
      main: (
        <OnePupil
          {...read}
          next={
            open?.next_rule && open.next_due_on
              ? { title: findRule(open.next_rule)?.title ?? 'Next step', due_on: open.next_due_on }
              : undefined
          }
          maySpeak={speaksForSetting(viewerOf(context))}
          today={context.today}
        />
      ),
    },
  }
}

export const routes: readonly Route[] = [
  {
    method: 'GET',
    url: '/setting/pupils',
    access: settingAccess,
    touches: 'children',
    limit: SEARCHES,
    handle: list,
  },
  { method: 'GET', url: '/setting/pupils/:id', access: settingAccess, touches: 'children', handle: one },
]

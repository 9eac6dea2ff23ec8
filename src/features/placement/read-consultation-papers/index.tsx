/** The papers of a consultation at the setting's door: what it was sent, and nothing that was kept back from the family. */
import { sql } from 'kysely'
import type { JSX } from 'preact'
import type { Trx } from '../../../db/viewer.ts'
import { type Answer, type Context, type Route, settingRoles } from '../../../platform/routes.ts'
import { VERSION_KINDS, type VersionKind } from '../../../record/plan/index.ts'
import { dayInWords } from '../../../ui/parts/index.ts'
import { ShowAdvice, type ShownParagraph } from '../../professional/write-advice/index.ts'

/** A paper as the setting has it. */
export interface SentPaper {
  readonly id: string
  readonly version_id: string | null
  readonly kind: VersionKind | null
  readonly sent_on: string | null
  readonly check_id: string | null
  readonly head: string | null
  readonly author_name: string | null
  readonly released_on: string | null
}

const HEADS: Readonly<Record<string, string>> = {
  parent: 'Views of the family',
  educational: 'Educational advice',
  medical: 'Health advice',
  psychological: 'Advice of the educational psychologist',
  'social-care': 'Social care advice',
}

/** The papers sent with a consultation that the viewer may read: a paper taken back from the family is not among them. */
export async function findSentPapers(trx: Trx, consultedEvent: string): Promise<readonly SentPaper[]> {
  const { rows } = await sql<SentPaper>`
    select q.id, q.version_id, v.kind, v.sent_on, q.check_id, f.head, f.author_name, f.released_on
    from consultation_paper q left join plan_version v on v.id = q.version_id left join advice_family_copy f on f.check_id = q.check_id
    where q.consulted_event = ${consultedEvent} and (v.id is not null or f.check_id is not null)
    order by q.version_id nulls last, f.head, f.author_name`.execute(trx)
  return rows
}

/** Links to the papers, for the page of a consultation; nothing when none was sent here. */
export function SentPapers({ papers }: { readonly papers: readonly SentPaper[] }): JSX.Element | null {
  if (papers.length === 0) return null
  return (
    <ul class="govuk-list govuk-list--bullet">
      {papers.map((one) => (
        <li key={one.id}>
          {one.version_id && one.kind ? (
            <a class="govuk-link" href={`/setting/plans/${one.version_id}`}>
              {VERSION_KINDS[one.kind]}, sent {dayInWords(one.sent_on ?? '')}
            </a>
          ) : (
            <a class="govuk-link" href={`/setting/papers/${one.id}`}>
              {HEADS[one.head ?? ''] ?? 'Advice'}: {one.author_name}
            </a>
          )}
        </li>
      ))}
    </ul>
  )
}

async function paper(context: Context): Promise<Answer> {
  const id = context.params['paper'] ?? ''
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return { missing: true }
  const read = await context.read('a paper of a consultation', async (trx, saw) => {
    const row = await trx
      .selectFrom('consultation_paper as q')
      .innerJoin('advice_family_copy as f', 'f.check_id', 'q.check_id')
      .innerJoin('child as c', 'c.id', 'q.child_id')
      .select([
        'q.consulted_event',
        'f.check_id',
        'f.head',
        'f.answer',
        'f.author_name',
        'f.released_on',
        'c.id as child_id',
        'c.given_name',
        'c.family_name',
      ])
      .where('q.id', '=', id)
      .executeTakeFirst()
    if (!row) return undefined
    saw(row.child_id)
    const paragraphs = await trx
      .selectFrom('advice_family_paragraph')
      .select(['part_id', 'number', 'kind', 'section', 'content'])
      .where('check_id', '=', row.check_id)
      .orderBy('position')
      .execute()
    return {
      row,
      paragraphs: paragraphs.map(
        (one): ShownParagraph => ({
          partId: one.part_id,
          number: one.number,
          kind: one.kind,
          section: one.section,
          content: one.content as unknown,
        }),
      ),
    }
  })
  if (!read) return { missing: true }
  const { row, paragraphs } = read
  const title = HEADS[row.head] ?? 'Advice'
  return {
    page: {
      title,
      backLink: { href: `/setting/consultations/${row.consulted_event}`, text: 'The consultation' },
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <span class="govuk-caption-l">
              {row.given_name} {row.family_name}
            </span>
            <h1 class="govuk-heading-l">{title}</h1>
            <p class="govuk-body">
              {row.author_name}, {dayInWords(row.released_on)}. It is sent to you to answer the consultation,
              and for nothing else.
            </p>
            {paragraphs.length === 0 ? (
              <p class="govuk-body">They had nothing to report.</p>
            ) : (
              <ShowAdvice paragraphs={paragraphs} />
            )}
          </div>
        </div>
      ),
    },
  }
}

export const routes: readonly Route[] = [
  {
    method: 'GET',
    url: '/setting/papers/:paper',
    access: { who: 'roles', roles: settingRoles },
    touches: 'children',
    handle: paper,
  },
]

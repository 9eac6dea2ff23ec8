import { sql } from 'kysely'
import { loadHistory, recordEvent, standingFacts } from '../../../db/case-history/index.ts'
import { asRecordKeeper, SYSTEM_ACCOUNT, type Trx } from '../../../db/viewer.ts'
import { iso } from '../../../law/index.ts'

/**
 * Since when each line of sections F and G that still holds is in place as the plan now says it; null when it is not. A line
 * the plan changed needs a word, a session or an answer about it since the change. A line for which the family has made suitable
 * arrangements of its own is not asked about: there is no duty (s.42(5)).
 */
async function sinceWhen(trx: Trx, childId: string): Promise<readonly (string | null)[]> {
  const { rows } = await sql<{ since: string | null }>`
    select case when l.state = 'in-place' and proof.first is not null then greatest(l.state_since, proof.first)::text end as since
    from provision_line l
    join provision_term t on t.line_id = l.line_id and t.to_on is null
    left join lateral (
      select min(greatest(e.on_day, t.from_on)) as first from (
        select r.on_day, coalesce(r.to_day, r.on_day) as to_day from provision_record r
          where r.line_id = l.line_id and r.kind in ('in-place', 'given')
            and not exists (select from provision_record n where n.line_id = r.line_id and n.about = r.about
              and n.on_day = r.on_day and n.nth = r.nth and n.version > r.version)
        union all
        select coalesce(a.right_from, a.answered_on), greatest(a.right_from, a.answered_on) from provision_answer a
          join provision_report p on p.id = a.report_id
          where p.line_id = l.line_id and a.kind in ('put-right', 'is-happening')
      ) e where e.to_day >= t.from_on
    ) proof on true
    where l.child_id = ${childId} and l.section in ('F', 'G') and l.state <> 'ended'
      and not (l.state = 'paused' and 'alternative' = (select r.kind from provision_record r
        where r.line_id = l.line_id and r.about = 'pause' order by r.recorded_at desc, r.version desc limit 1))`.execute(
    trx,
  )
  return rows.map((row) => row.since)
}

/**
 * Records that the provision of the plan is in place, once for each final plan: on the day the last line of sections F and G came
 * to be so. Nobody tells this: it follows from what was told of the lines, so the machine records it, for a school or a
 * therapist sees only some of them. Called in the transaction of whatever was told, before the dates are computed again.
 */
export function noteWhenAllInPlace(
  trx: Trx,
  about: { readonly childId: string; readonly processId: string },
  today: string,
): Promise<void> {
  return asRecordKeeper(trx, async () => {
    const lines = await sinceWhen(trx, about.childId)
    if (lines.length === 0 || lines.includes(null)) return
    const plan = await trx
      .selectFrom('plan_version')
      .select('sent_on')
      .where('child_id', '=', about.childId)
      .where('kind', 'in', ['final', 'amended-final'])
      .where('sent_on', 'is not', null)
      .orderBy('sent_on', 'desc')
      .executeTakeFirst()
    if (!plan?.sent_on) return
    const sentOn = plan.sent_on
    const facts = standingFacts(await loadHistory(trx, about.childId))
    if (facts.some((fact) => fact.kind === 'provision_started' && iso(fact.on) >= sentOn)) return
    const on = [...lines, sentOn].reduce<string>((last, day) => (day !== null && day > last ? day : last), '')
    const { childId, processId } = about
    await recordEvent(trx, { childId, processId, kind: 'provision_started', on, today, by: SYSTEM_ACCOUNT })
  })
}

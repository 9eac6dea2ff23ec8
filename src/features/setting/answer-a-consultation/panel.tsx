import type { JSX } from 'preact'
import { date } from '../../../law/index.ts'
import { inDays, SummaryCard } from '../../../ui/parts/index.ts'
import { answerRows } from './page.tsx'
import type { SentAnswer } from './queries.ts'

/** What settings answered on a case, for its staff: each whole, as sent, and marked late when it was. */
export function SettingAnswers({ answers }: { readonly answers: readonly SentAnswer[] }): JSX.Element | null {
  if (answers.length === 0) return null
  return (
    <section aria-labelledby="setting-answers">
      <h2 class="govuk-heading-m" id="setting-answers">
        What settings answered
      </h2>
      {answers.map((one) => (
        <SummaryCard
          key={one.id}
          headingLevel={3}
          title={`${one.setting_name}${one.taken_back ? ' (taken back)' : ''}`}
          rows={[
            ...answerRows(one),
            ...(one.sent_on > one.due_on
              ? [
                  {
                    key: 'Late',
                    value: `${inDays(date(one.sent_on) - date(one.due_on))} after the 15 days of guidance`,
                  },
                ]
              : []),
          ]}
        />
      ))}
    </section>
  )
}

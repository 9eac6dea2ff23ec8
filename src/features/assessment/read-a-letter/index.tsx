/** Read a letter as it was sent. */
import { createHash } from 'node:crypto'
import { HOW_SENT, type HowSent } from '../../../documents/letters/index.ts'
import { date, longDate } from '../../../law/index.ts'
import { type Answer, type Context, caseReaders, type Route } from '../../../platform/routes.ts'
import { DocumentLinks } from '../../../ui/documents/index.ts'
import { GovukInsetText, GovukSummaryList, GovukWarningText } from '../../../ui/govuk/index.ts'
import { paperRoutes } from './paper.ts'

const show = async (context: Context): Promise<Answer> => {
  const id = context.params['id'] ?? ''
  if (!/^[0-9a-f-]{36}$/.test(id)) return { missing: true }
  const letter = await context.read('letter', async (trx, saw) => {
    const found = await trx
      .selectFrom('document')
      .innerJoin('child', 'child.id', 'document.child_id')
      .innerJoin('account', 'account.id', 'document.made_by')
      .selectAll('document')
      .select(['child.given_name', 'child.family_name', 'account.name as made_by_name'])
      .where('document.id', '=', id)
      .executeTakeFirst()
    if (found) saw(found.child_id)
    return found
  })
  if (!letter) return { missing: true }
  const body = letter.body ?? ''
  // Our own renderer wrote it, escaped; the hash shows that nobody has changed it since.
  const isAsSent = letter.sha256 !== null && createHash('sha256').update(body).digest('hex') === letter.sha256
  const main = (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <div class="govuk-!-display-none-print">
          <span class="govuk-caption-l">
            About {letter.given_name} {letter.family_name}
          </span>
          <GovukSummaryList
            rows={[
              { key: { text: 'To' }, value: { text: letter.recipient_name ?? 'Not recorded' } },
              { key: { text: 'Sent to' }, value: { text: letter.recipient_address ?? 'Not recorded' } },
              {
                key: { text: 'Sent' },
                value: {
                  text: `${letter.sent_on ? longDate(date(letter.sent_on)) : 'Not sent'}${letter.sent_how ? `, ${HOW_SENT[letter.sent_how as HowSent].toLowerCase()}` : ''}`,
                },
              },
              { key: { text: 'Recorded by' }, value: { text: letter.made_by_name } },
            ]}
          />
          {isAsSent ? (
            <>
              <GovukInsetText text="This is the letter as it was sent. It cannot be changed." />
              <DocumentLinks base={`/staff/letters/${letter.id}/letter`} what="the letter" />
            </>
          ) : null}
        </div>
        {isAsSent ? (
          <div dangerouslySetInnerHTML={{ __html: body }} />
        ) : (
          <GovukWarningText
            text="This letter is not as it was when it was sent, so it is not shown. Tell an administrator: the record must be checked."
            iconFallbackText="Warning"
          />
        )}
      </div>
    </div>
  )
  return {
    page: {
      title: letter.title,
      main,
      backLink: {
        href: letter.process_id ? `/staff/cases/${letter.process_id}` : '/staff',
        text: 'Back to the case',
      },
    },
  }
}

export const routes: readonly Route[] = [
  ...paperRoutes,
  {
    method: 'GET',
    url: '/staff/letters/:id',
    access: { who: 'roles', roles: caseReaders },
    touches: 'children',
    handle: show,
  },
]

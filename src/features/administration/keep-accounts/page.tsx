import type { JSX } from 'preact'
import { GovukButton } from '../../../ui/govuk/index.ts'
import { dayInWords, EmptyState, SortableTable } from '../../../ui/parts/index.ts'
import type { Change, KeptAccount } from './queries.ts'
import { DOORS, REMITS, roleWords } from './words.ts'

const PATH = '/staff/settings/accounts'

/** The accounts found, with a search above. */
export function AccountsPage(props: {
  readonly accounts: readonly KeptAccount[]
  readonly hasMore: boolean
  readonly words: string
  readonly door: string
  readonly today: string
}): JSX.Element {
  const { accounts, today } = props
  return (
    <>
      <h1 class="govuk-heading-l">Accounts</h1>
      <p class="govuk-body">
        Council staff, professionals and people at settings. Families’ accounts are not listed here: they make
        their own.{' '}
        <a class="govuk-link" href={`${PATH}/changes`}>
          What administrators changed
        </a>
      </p>
      <GovukButton text="Add an account" href={`${PATH}/new`} classes="govuk-button--secondary" />
      <form method="get" action={PATH}>
        <div class="govuk-form-group">
          <label class="govuk-label" for="q">
            Name or email address
          </label>
          <input
            class="govuk-input govuk-input--width-20"
            id="q"
            name="q"
            type="search"
            value={props.words}
          />
        </div>
        <div class="govuk-form-group">
          <label class="govuk-label" for="door">
            Who
          </label>
          <select class="govuk-select" id="door" name="door">
            <option value="">Everybody</option>
            {Object.entries(DOORS).map(([value, words]) => (
              <option key={value} value={value} selected={value === props.door}>
                {words}
              </option>
            ))}
          </select>
        </div>
        <button type="submit" class="govuk-button govuk-button--secondary">
          Find
        </button>
      </form>
      {accounts.length === 0 ? (
        <EmptyState title="No account found">Try part of the name or address, or add an account.</EmptyState>
      ) : (
        <SortableTable<KeptAccount>
          id="accounts"
          caption={
            props.hasMore
              ? `The first ${accounts.length} by name: search to find others`
              : accounts.length === 1
                ? '1 account'
                : `${accounts.length} accounts`
          }
          rows={accounts}
          onPhone="cards"
          columns={[
            {
              key: 'name',
              heading: 'Name',
              namesRow: true,
              cell: (one) => (
                <>
                  {one.name}
                  <br />
                  <span class="govuk-hint">{one.email}</span>
                </>
              ),
            },
            {
              key: 'role',
              heading: 'Role',
              cell: (one) => `${roleWords(one.role)}${one.job_title ? `, ${one.job_title}` : ''}`,
            },
            {
              key: 'sees',
              heading: 'Sees',
              cell: (one) =>
                [REMITS[one.remit], one.locality, one.team, one.settings].filter(Boolean).join('; '),
            },
            {
              key: 'from',
              heading: 'Since',
              cell: (one) =>
                `${dayInWords(one.active_from)}${one.has_signed_in ? '' : ' (has not signed in yet)'}`,
            },
            {
              key: 'end',
              heading: 'Ends',
              cell: (one) => {
                const hasEnded = one.active_to !== null && one.active_to <= today
                return (
                  <>
                    {one.active_to ? `${hasEnded ? 'Ended' : 'From'} ${dayInWords(one.active_to)} ` : null}
                    {hasEnded ? null : (
                      <a class="govuk-link" href={`${PATH}/${one.id}/end`}>
                        End<span class="govuk-visually-hidden"> the account of {one.name}</span>
                      </a>
                    )}
                  </>
                )
              },
            },
          ]}
        />
      )}
    </>
  )
}

/** Each change to accounts, localities and teams, and who made it. */
export function ChangesPage({ changes }: { readonly changes: readonly Change[] }): JSX.Element {
  return (
    <>
      <h1 class="govuk-heading-l">What administrators changed</h1>
      {changes.length === 0 ? (
        <EmptyState title="Nothing yet">
          Accounts added and ended, and localities and teams changed, are listed here.
        </EmptyState>
      ) : (
        <SortableTable<Change>
          id="changes"
          caption="The latest hundred"
          rows={changes}
          onPhone="cards"
          columns={[
            { key: 'at', heading: 'When', cell: (one) => dayInWords(one.at.slice(0, 10)) },
            { key: 'what', heading: 'What', cell: (one) => one.what },
            {
              key: 'about',
              heading: 'About',
              cell: (one) => (one.whom ? `${one.whom}, ${roleWords(one.about)}` : one.about),
            },
            { key: 'by', heading: 'By', cell: (one) => one.by_whom },
          ]}
        />
      )}
    </>
  )
}

import type { JSX } from 'preact'
import type { Trx } from '../../../db/viewer.ts'
import { date, shortDate } from '../../../law/index.ts'
import type { Context } from '../../../platform/routes.ts'
import type { TypedForm } from '../../../ui/fields/index.ts'
import { GovukDetails } from '../../../ui/govuk/index.ts'
import { findViews, type View } from '../../family/give-views/index.ts'
import { typedForm } from './typed-form.ts'

const OF_SLOT: Readonly<Record<string, View['whose']>> = { 'child-views': 'child', 'parents-views': 'parent' }

/** What the family sent for the assessment, of the voice that a question of section A is for. */
export async function viewsFor(trx: Trx, childId: string, slot: string | null): Promise<readonly View[]> {
  const whose = OF_SLOT[slot ?? '']
  if (!whose) return []
  return (await findViews(trx, childId)).filter((one) => one.whose === whose && one.sentOn !== null)
}

const nameOf = (view: View): string =>
  `${view.whose === 'child' ? 'Views of the child or young person' : 'Views of a parent'}${view.contactName ? `, given by ${view.contactName}` : ''}, ${view.sentOn ? shortDate(date(view.sentOn)) : ''}`

/** The views to read beside the question, each with a button that puts its words in the box. */
export function FamilyViews({ views }: { readonly views: readonly View[] }): JSX.Element | null {
  if (views.length === 0) return null
  return (
    <GovukDetails summaryText={`What the family sent (${views.length})`}>
      {views.map((view) => (
        <>
          <p class="govuk-body govuk-!-font-weight-bold">{nameOf(view)}</p>
          <p class="govuk-body app-advice__words" dir="auto">
            {view.words || 'Sent as pictures, sound or film: see what the family has said on the case.'}
          </p>
          {view.words ? (
            <button
              type="submit"
              class="govuk-button govuk-button--secondary"
              name="do"
              value={`view-${view.id}`}
              formnovalidate
            >
              Put these words in the box
            </button>
          ) : null}
        </>
      ))}
    </GovukDetails>
  )
}

/** What was typed, with the words of a view under it and where they came from. Nothing is saved yet. */
export function withView(context: Context, view: View): TypedForm {
  const mine = context.form['words'] ?? ''
  const filled: Readonly<Record<string, string>> = {
    words: mine.includes(view.words) ? mine : [mine.trim(), view.words].filter(Boolean).join('\n\n'),
    gathered: context.form['gathered'] || (view.howChecked ?? ''),
    typedSources: [context.form['typedSources'] ?? '', nameOf(view)].filter(Boolean).join('\n'),
  }
  const form = typedForm(context, [])
  return { ...form, value: (name) => filled[name] ?? form.value(name) }
}

import type { JSX } from 'preact'
import { DocumentLinks } from '../../../ui/documents/index.ts'
import { PLAN_VERSION_BASES } from './routes.tsx'

/** Links to the papers of a frozen version, for the page on which it is read. */
export const PlanPaperLinks = ({
  door,
  versionId,
}: {
  readonly door: keyof typeof PLAN_VERSION_BASES
  readonly versionId: string
}): JSX.Element => (
  <>
    <DocumentLinks
      base={`${PLAN_VERSION_BASES[door]}/${versionId}/plan`}
      what={door === 'professional' ? 'these lines' : 'the plan'}
      plain={door === 'family'}
    />
    {door === 'staff' ? (
      <ul class="govuk-list govuk-!-display-none-print">
        <li>
          <a class="govuk-link" href={`${PLAN_VERSION_BASES.staff}/${versionId}/evidence-list.pdf`}>
            Download the list of advice and evidence (PDF)
          </a>
        </li>
        <li>
          <a class="govuk-link" href={`${PLAN_VERSION_BASES.staff}/${versionId}/for-translation.docx`}>
            Download the sheet for a translator (Word)
          </a>
        </li>
      </ul>
    ) : null}
  </>
)

import type { JSX } from 'preact'
import { MY_PLAN_ORDER, MY_PLAN_PARTS, type MyPlanPage } from '../../../record/plan/my-plan.ts'
import { assetUrl } from '../../../ui/assets.ts'
import { dayInWords } from '../../../ui/parts/index.ts'
import { Picture } from './pictures.tsx'

/** The child's own page as paper. @param base the child's address at the viewer's door, such as "/family/children/1" */
export const MyPlanPaperLinks = ({ base }: { readonly base: string }): JSX.Element => (
  <ul class="govuk-list govuk-!-display-none-print">
    <li>
      <a class="govuk-link" href={`${base}/my-plan.pdf`}>
        Save or print this page
      </a>
    </li>
    <li>
      <a class="govuk-link" href={`${base}/my-plan.pdf?print=large`}>
        Save or print this page in big letters
      </a>
    </li>
  </ul>
)

/** The child's own page: six boxes with short sentences, a drawing beside each, and buttons to hear it where a browser can. */
export function ShowMyPlan({
  page,
  headingLevel,
}: {
  readonly page: MyPlanPage
  readonly headingLevel: 2 | 3
}): JSX.Element {
  const Heading = `h${headingLevel}` as const
  return (
    <>
      <div class="app-my-plan__listen" data-read-to-me="" hidden>
        <div class="govuk-button-group">
          <button type="button" class="govuk-button">
            Read it to me
          </button>
          <button type="button" class="govuk-button govuk-button--secondary" disabled>
            Stop
          </button>
        </div>
      </div>
      <div class="app-my-plan">
        {MY_PLAN_ORDER.filter((part) => page.parts[part].sentences.length > 0).map((part) => {
          const { sentences, picture } = page.parts[part]
          return (
            <section class="app-my-plan__part" aria-labelledby={`my-plan-${part}`}>
              <div class="app-my-plan__head">
                {picture ? <Picture of={picture} /> : null}
                <Heading class="govuk-heading-m" id={`my-plan-${part}`} lang="en" data-say="">
                  {MY_PLAN_PARTS[part]}
                </Heading>
              </div>
              <div lang={page.language}>
                {sentences.map((sentence) => (
                  <p class="govuk-body" dir="auto" data-say="" data-others-words="">
                    {sentence}
                  </p>
                ))}
              </div>
            </section>
          )
        })}
      </div>
      <p class="govuk-body-s app-quiet">
        This page was made on {dayInWords(page.savedOn)} from the {page.madeFrom.kind.toLowerCase()} of{' '}
        {dayInWords(page.madeFrom.sentOn)}. The plan says more.
      </p>
      <script type="module" src={assetUrl('read-aloud.js')} />
    </>
  )
}

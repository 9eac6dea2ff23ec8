import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import type { PartMark, PlanPartKind, PlanSection } from '../../../record/plan/index.ts'
import { assetUrl } from '../../../ui/assets.ts'
import type { TypedForm } from '../../../ui/fields/index.ts'
import { GovukButton, GovukDetails } from '../../../ui/govuk/index.ts'
import { ErrorSummary, HiddenFields } from '../../../ui/parts/index.ts'
import { momentInWords } from '../../professional/write-advice/index.ts'
import type { SavedPart } from '../the-plan/index.ts'
import { PartFields } from './fields.tsx'
import { Marks, TypedMarks } from './marks.tsx'
import { labelsOf, titleOf } from './names.ts'
import { Heading, type PlanPlace, planHref, sectionHref } from './pages.tsx'
import type { PlanInHand } from './queries.ts'
import { ShowPart } from './show-part.tsx'

export interface PartPageProps {
  readonly hand: PlanInHand
  readonly section: PlanSection
  readonly kind: PlanPartKind
  readonly slot: string | null
  readonly partId: string | null
  readonly form: TypedForm
  /** The version the person had before them. */
  readonly from: number | null
  readonly saves: readonly SavedPart[]
  /** Saved by somebody else meanwhile: shown whole, beside what was typed. */
  readonly theirs: SavedPart | null
  /** Marks on the words as typed, when they were checked without saving. */
  readonly checked: readonly PartMark[] | null
  /** What the family said, ready to be used here. */
  readonly views: JSX.Element | null
  readonly place: PlanPlace
}

/** One part of the plan: its questions, the marks on its words, every earlier save, and both texts where two people met. */
export function partPage(props: PartPageProps): JSX.Element {
  const { hand, section, form, theirs, saves, place, partId } = props
  const labels = labelsOf(hand.parts)
  const [newest] = saves
  const style = hand.template.sections.find((one) => one.id === section)!
  const marks = (
    <div data-plan-marks>
      {props.checked ? (
        <section aria-labelledby="marks">
          <h2 class="govuk-heading-m" id="marks">
            Marks on what you typed
          </h2>
          <p class="govuk-body-s">Nothing was saved by checking.</p>
          <TypedMarks marks={props.checked} />
        </section>
      ) : partId === null || theirs ? null : (
        <Marks
          marks={hand.marks.filter((mark) => mark.partId === partId)}
          hrefOf={
            place.isStaff ? (mark) => `${planHref(place, hand.plan.id)}/marks/${partId}/${mark.key}` : null
          }
          mayAct={place.mayAct}
        />
      )}
    </div>
  )
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={form.errors} targets={{}} />
        <Heading hand={hand}>{titleOf(props.kind, section, props.slot, partId === null)}</Heading>
        <p class="govuk-body-s">{style.heading}</p>
        {theirs ? (
          <section aria-labelledby="theirs" class="govuk-inset-text">
            <h2 class="govuk-heading-m" id="theirs">
              {theirs.removed ? 'Taken away by' : 'Saved by'} {theirs.savedBy},{' '}
              {momentInWords(theirs.savedAt)}
            </h2>
            <ShowPart part={theirs} labels={labels} />
            <p class="govuk-body">
              What you typed is below, unchanged. To keep both, press “Put their words under mine”, or put
              them together yourself; then save. To keep theirs, go back without saving. Every save stays
              among the earlier ones.
            </p>
          </section>
        ) : null}
        <form
          method="post"
          novalidate
          data-plan-words={isChecked(props.kind, section) ? `${planHref(place, hand.plan.id)}/words` : ''}
        >
          <HiddenFields
            csrfToken={place.csrfToken}
            idempotencyKey={randomUUID()}
            hidden={{
              fromVersion: props.from === null ? '' : String(props.from),
              section,
              kind: props.kind,
              slot: props.slot ?? '',
            }}
          />
          <PartFields
            form={form}
            kind={props.kind}
            section={section}
            slot={props.slot}
            parts={hand.parts}
            fromYear9={hand.fromYear9}
            marks={marks}
          />
          {props.views}
          <div class="govuk-button-group">
            <GovukButton text="Save" name="do" value="save" preventDoubleClick />
            {theirs && !theirs.removed ? <Second act="join" text="Put their words under mine" /> : null}
            {isChecked(props.kind, section) ? <Second act="check" text="Check the words" /> : null}
            {partId !== null && newest?.removed !== true && !theirs ? (
              <Second act="remove" text="Take it away" />
            ) : null}
            <a class="govuk-link" href={sectionHref(place, hand.plan.id, section)}>
              Back without saving
            </a>
          </div>
        </form>
        {saves.length > 0 ? (
          <GovukDetails summaryText={`Every save (${saves.length})`}>
            {saves.map((one) => (
              <>
                <p class="govuk-body govuk-!-font-weight-bold">
                  {one.version + 1}. {one.savedBy}, {momentInWords(one.savedAt)}
                  {one.removed ? ': taken away' : ''}
                </p>
                <ShowPart part={one} labels={labels} />
              </>
            ))}
          </GovukDetails>
        ) : null}
        <script type="module" src={assetUrl('plan-words.js')} />
      </div>
    </div>
  )
}

const isChecked = (kind: PlanPartKind, section: PlanSection): boolean =>
  ['text', 'need', 'outcome', 'provision'].includes(kind) && !['A', 'I', 'J', 'K'].includes(section)

const Second = ({ act, text }: { readonly act: string; readonly text: string }): JSX.Element => (
  <button type="submit" class="govuk-button govuk-button--secondary" name="do" value={act} formnovalidate>
    {text}
  </button>
)

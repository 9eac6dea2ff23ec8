import type { JSX } from 'preact'
import {
  type Answer,
  type Context,
  professionalRoles,
  type Route,
  settingRoles,
} from '../../../platform/routes.ts'
import { isFinal, VERSION_KINDS } from '../../../record/plan/index.ts'
import { GovukInsetText } from '../../../ui/govuk/index.ts'
import { dayInWords, EmptyState } from '../../../ui/parts/index.ts'
import { PlanPaperLinks } from '../print-the-plan/index.ts'
import { loadTemplate, loadVersion } from '../the-plan/index.ts'
import { findReadableVersions, type ReadableVersion } from './queries.ts'
import { ShowPlan } from './show-plan.tsx'

/** What differs between the doors that read plans of children who are not theirs: words and addresses. The rows, the database decides. */
interface ReadingDoor {
  readonly base: string
  /** Where a draft is commented on. */
  readonly draftHref: (versionId: string) => string
  readonly access: Route['access']
  readonly title: string
  readonly why: string
  readonly none: string
  readonly home: { readonly href: string; readonly text: string }
  /** Only some lines of a plan are theirs to read. */
  readonly linesOnly: boolean
}

const SETTING: ReadingDoor = {
  base: '/setting/plans',
  draftHref: (id) => `/setting/drafts/${id}`,
  access: { who: 'roles', roles: settingRoles },
  title: 'Plans you can read',
  why: 'The final plan of each pupil placed with you, now or to come, and the draft sent with a consultation that is open.',
  none: 'When a child is placed with you, or you are consulted with a draft, the plan is here.',
  home: { href: '/setting', text: 'Our tasks' },
  linesOnly: false,
}

const PROFESSIONAL: ReadingDoor = {
  base: '/professional/plan-lines',
  draftHref: (id) => `/professional/drafts/${id}`,
  access: { who: 'roles', roles: professionalRoles },
  title: 'What came of your advice',
  why: 'Lines of plans that came of your advice, and lines you give. The rest of a plan is not shown, unless you were asked to write in it.',
  none: 'When a plan that uses your advice is sent, its lines are here.',
  home: { href: '/professional/advice', text: 'Advice asked of me' },
  linesOnly: true,
}

const list =
  (door: ReadingDoor) =>
  async (context: Context): Promise<Answer> => {
    const versions = await context.read(`${door.base.slice(1)}: plans to read`, async (trx, saw) => {
      const found = await findReadableVersions(trx)
      saw([...new Set(found.map((one) => one.child_id))])
      return found
    })
    const children = [...Map.groupBy(versions, (one) => one.child_id).values()].toSorted((a, b) =>
      a[0]!.child_name.localeCompare(b[0]!.child_name, 'en'),
    )
    return {
      page: {
        title: door.title,
        backLink: door.home,
        main: (
          <div class="govuk-grid-row">
            <div class="govuk-grid-column-two-thirds">
              <h1 class="govuk-heading-l">{door.title}</h1>
              <p class="govuk-body">{door.why}</p>
              {children.length === 0 ? (
                <EmptyState title="There is none to read yet" headingLevel={2}>
                  {door.none}
                </EmptyState>
              ) : (
                children.map((own) => <OfOneChild door={door} versions={own} />)
              )}
            </div>
          </div>
        ),
      },
    }
  }

function OfOneChild({
  door,
  versions,
}: {
  readonly door: ReadingDoor
  readonly versions: readonly ReadableVersion[]
}): JSX.Element {
  const inForce = versions.find((one) => isFinal(one.kind))
  return (
    <>
      <h2 class="govuk-heading-m app-break">{versions[0]!.child_name}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {versions.map((one) => (
          <li>
            <a class="govuk-link" href={`${door.base}/${one.id}`}>
              {VERSION_KINDS[one.kind]}
              <span class="govuk-visually-hidden"> of {one.child_name}</span>, {dayInWords(one.sent_on)}
            </a>
            {one === inForce ? ': in force' : ''}
          </li>
        ))}
      </ul>
    </>
  )
}

const one =
  (door: ReadingDoor) =>
  async (context: Context): Promise<Answer> => {
    const id = context.params['version'] ?? ''
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return { missing: true }
    const found = await context.read(`${door.base.slice(1)}: read a plan`, async (trx, saw) => {
      const version = await loadVersion(trx, id)
      if (version?.sentOn == null) return undefined
      saw(version.childId)
      const later = (await findReadableVersions(trx)).find(
        (other) => other.child_id === version.childId && other.sent_on > version.sentOn!,
      )
      return {
        version,
        sentOn: version.sentOn,
        later,
        template: await loadTemplate(trx, version.templateId),
      }
    })
    if (!found) return { missing: true }
    const { version, sentOn, later, template } = found
    const title = VERSION_KINDS[version.kind]
    // A professional let in to write reads all of it; one who advised, lines alone: the numbers show what is not theirs.
    const isWhole = !door.linesOnly || version.parts.every((part, at) => part.number === at + 1)
    return {
      page: {
        title: `${title}: ${version.childName}`,
        backLink: { href: door.base, text: door.title },
        main: (
          <div class="govuk-grid-row">
            <div class="govuk-grid-column-two-thirds">
              <span class="govuk-caption-l app-break">
                {version.childName}, born {dayInWords(version.childBornOn)}
              </span>
              <h1 class="govuk-heading-l">{title}</h1>
              <p class="govuk-body">Sent on {dayInWords(sentOn)}.</p>
              {later ? (
                <GovukInsetText>
                  <p class="govuk-body">
                    There is a later one.{' '}
                    <a class="govuk-link" href={`${door.base}/${later.id}`}>
                      Read the {VERSION_KINDS[later.kind].toLowerCase()} of {dayInWords(later.sent_on)}
                    </a>
                  </p>
                </GovukInsetText>
              ) : null}
              {isFinal(version.kind) ? null : (
                <p class="govuk-body">
                  <a class="govuk-link" href={door.draftHref(version.id)}>
                    Say what you think of this draft, line by line
                  </a>
                </p>
              )}
              {isWhole ? null : (
                <GovukInsetText text="Only the lines that came of your advice, or that you give, are shown. They have the numbers of the whole plan." />
              )}
              <PlanPaperLinks door={door.linesOnly ? 'professional' : 'setting'} versionId={version.id} />
              <ShowPlan
                version={version}
                template={template}
                onlyFilled={door.linesOnly}
                contents={isWhole}
                adviceHref={() => undefined}
              />
            </div>
          </div>
        ),
      },
    }
  }

const routesOf = (door: ReadingDoor): readonly Route[] => [
  { method: 'GET', url: door.base, access: door.access, touches: 'children', handle: list(door) },
  {
    method: 'GET',
    url: `${door.base}/:version`,
    access: door.access,
    touches: 'children',
    handle: one(door),
  },
]

export const otherRoutes: readonly Route[] = [...routesOf(SETTING), ...routesOf(PROFESSIONAL)]

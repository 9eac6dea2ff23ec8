import type { JSX } from 'preact'
import type { Trx } from '../../../db/viewer.ts'
import type { Answer, Context, Route } from '../../../platform/routes.ts'
import { viewerOf } from '../../../platform/routes.ts'
import { differenceBetween, isFinal } from '../../../record/plan/index.ts'
import { GovukButton, GovukDetails, GovukInsetText } from '../../../ui/govuk/index.ts'
import { dayInWords } from '../../../ui/parts/index.ts'
import { findServedDraft, SECTIONS } from '../../family/comment-on-the-draft/index.ts'
import { family, loadMyChild, type MyChild } from '../../family/my-child/index.ts'
import { PlanDifference } from '../keep-versions/index.ts'
import { PlanPaperLinks } from '../print-the-plan/index.ts'
import {
  loadTemplate,
  loadVersion,
  loadVersions,
  type PlanVersion,
  type VersionHead,
} from '../the-plan/index.ts'
import {
  findLeftOut,
  findMeetings,
  findReadableAdvice,
  hasWorkingDocument,
  type LeftOut,
  type Meeting,
} from './queries.ts'
import { ShowPlan } from './show-plan.tsx'
import { HELD_PLAINLY, KIND_PLAINLY, LEFT_OUT_PLAINLY, PLAINLY } from './words.ts'

/** The address of a child's plan for the family, or of one version of it. */
export const planAddress = (childId: string, versionId?: string, more = ''): string =>
  `/family/children/${childId}/plan${versionId ? `/${versionId}${more}` : ''}`

const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

/** The plan as its owner says it: a young person reads of themself. */
const whose = (child: MyChild): string => (child.isSelf ? 'Your plan' : `The plan of ${child.name}`)

/** What a version is compared with: a plan that took another's place with the one that was in force, any other with the last sent. */
function comparedWith<T extends VersionHead>(version: VersionHead, earlier: readonly T[]): T | undefined {
  const own = earlier.filter((head) => head.planId === version.planId)
  return (isFinal(version.kind) ? own.find((head) => isFinal(head.kind)) : undefined) ?? own[0]
}

/** A draft the family may still say something about. */
const openDraftOf = async (trx: Trx, childId: string): Promise<{ lastDay: string } | undefined> => {
  const draft = await findServedDraft(trx, childId)
  return draft?.isOpen ? draft : undefined
}

const sentOf = (heads: readonly VersionHead[]): readonly (VersionHead & { readonly sentOn: string })[] =>
  heads
    .flatMap((head) => (head.sentOn === null ? [] : [{ ...head, sentOn: head.sentOn }]))
    .toSorted((a, b) => (a.sentOn === b.sentOn ? b.number - a.number : a.sentOn < b.sentOn ? 1 : -1))

/** Of changes that are only proposed: which plan holds until they are made. */
function StillInForce({
  newest,
  versions,
}: {
  readonly newest: VersionHead
  readonly versions: readonly (VersionHead & { readonly sentOn: string })[]
}): JSX.Element | null {
  const final = isFinal(newest.kind) ? undefined : versions.find((one) => isFinal(one.kind))
  return final ? (
    <p class="govuk-body">
      Until we change it, the plan we sent on {dayInWords(final.sentOn)} is the one we must follow.
    </p>
  ) : null
}

async function overview(context: Context): Promise<Answer> {
  const found = await context.read('family: the plan and its versions', async (trx, saw) => {
    const child = await loadMyChild(trx, context.params['child'] ?? '', viewerOf(context).accountId)
    if (!child) return undefined
    saw(child.id)
    const versions = sentOf(await loadVersions(trx, child.id))
    const [newest] = versions
    return {
      child,
      versions,
      openDraft: await openDraftOf(trx, child.id),
      leftOut: newest ? await findLeftOut(trx, newest) : [],
      meetings: newest ? await findMeetings(trx, newest.planId) : [],
      working: await hasWorkingDocument(trx, child.id),
    }
  })
  if (!found) return { missing: true }
  const { child, versions, openDraft, leftOut, meetings, working } = found
  const [newest, ...older] = versions
  const before = older[0]
  return {
    page: {
      title: whose(child),
      backLink: { href: `/family/children/${child.id}`, text: 'Where things are' },
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <h1 class="govuk-heading-l app-break">{whose(child)}</h1>
            {newest ? (
              <>
                <p class="govuk-body-l">
                  {isFinal(newest.kind)
                    ? `This is the plan we must follow. We sent it on ${dayInWords(newest.sentOn)}.`
                    : `This is a draft. We sent it on ${dayInWords(newest.sentOn)}. It can still change.`}
                </p>
                <StillInForce newest={newest} versions={versions} />
                <GovukButton
                  href={planAddress(child.id, newest.id)}
                  text={`Read the ${isFinal(newest.kind) ? 'plan' : 'draft'}`}
                />
                <ul class="govuk-list app-family-links">
                  {openDraft && !isFinal(newest.kind) ? (
                    <li>
                      <a class="govuk-link" href={`/family/children/${child.id}/draft`}>
                        Say what you think, line by line
                      </a>
                      <br />
                      Tell us by {dayInWords(openDraft.lastDay)}.
                    </li>
                  ) : null}
                  {isFinal(newest.kind) ? (
                    <li>
                      <a class="govuk-link" href={`/family/children/${child.id}/provision`}>
                        See if the help is happening, and tell us if it is not
                      </a>
                    </li>
                  ) : null}
                  {working ? (
                    <li>
                      <a class="govuk-link" href={`/family/children/${child.id}/working-document`}>
                        Work on the plan for your appeal
                      </a>
                    </li>
                  ) : null}
                  {before ? (
                    <li>
                      <a class="govuk-link" href={planAddress(child.id, newest.id, '/changes')}>
                        See what changed since the last one
                      </a>
                    </li>
                  ) : null}
                </ul>
              </>
            ) : (
              <p class="govuk-body">
                There is no plan to read yet. If we write one, you can read each draft here.
              </p>
            )}
            {newest ? (
              <p class="govuk-body">
                <a class="govuk-link" href={`/family/children/${child.id}/my-plan`}>
                  {child.isSelf
                    ? 'My plan, on one easy page'
                    : 'My plan: the child’s own page, in easy words'}
                </a>
              </p>
            ) : null}
            <LeftOutList leftOut={leftOut} />
            <Meetings meetings={meetings} />
            {older.length > 0 ? (
              <>
                <h2 class="govuk-heading-m">Each one we sent</h2>
                <ul class="govuk-list app-family-links">
                  {versions.map((version) => (
                    <li>
                      <a class="govuk-link" href={planAddress(child.id, version.id)}>
                        {KIND_PLAINLY[version.kind]}, {dayInWords(version.sentOn)}
                      </a>
                      {version === newest ? ' (the newest)' : ''}
                    </li>
                  ))}
                </ul>
              </>
            ) : null}
          </div>
        </div>
      ),
    },
  }
}

function LeftOutList({ leftOut }: { readonly leftOut: readonly LeftOut[] }): JSX.Element | null {
  if (leftOut.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">Asked for, and not in the plan</h2>
      <p class="govuk-body">
        People gave us advice. We did not put all of it in the plan. Here is what we left out, and why.
      </p>
      {leftOut.map((one) => (
        <div class="app-advice__item">
          {one.advised ? (
            <blockquote class="app-quoted" data-others-words="" dir="auto">
              {one.advised}
            </blockquote>
          ) : null}
          {one.author && one.release_id ? (
            <p class="govuk-body-s app-break">
              <a class="govuk-link" href={`/family/advice/${one.release_id}`}>
                From the advice of {one.author}
              </a>
            </p>
          ) : null}
          <p class="govuk-body govuk-!-margin-bottom-1">
            <strong>{LEFT_OUT_PLAINLY[one.reason] ?? 'Why'}</strong>, {dayInWords(one.decided_on)}
          </p>
          <p class="govuk-body app-advice__words" data-others-words="" dir="auto">
            {one.words}
          </p>
        </div>
      ))}
    </>
  )
}

function Meetings({ meetings }: { readonly meetings: readonly Meeting[] }): JSX.Element | null {
  if (meetings.length === 0) return null
  const said = (heading: string, words: string) =>
    words.trim() === '' ? null : (
      <>
        <h3 class="govuk-heading-s govuk-!-margin-bottom-1">{heading}</h3>
        <p class="govuk-body app-advice__words" data-others-words="" dir="auto">
          {words}
        </p>
      </>
    )
  return (
    <>
      <h2 class="govuk-heading-m">When we talked about it</h2>
      {meetings.map((meeting) => (
        <GovukDetails
          summaryText={`${HELD_PLAINLY[meeting.how] ?? 'We met'} on ${dayInWords(meeting.held_on)}`}
        >
          {said('Who was there', meeting.present)}
          {said('What was said', meeting.notes)}
          {said('What we agreed', meeting.agreed)}
          {said('What we did not agree', meeting.not_agreed)}
        </GovukDetails>
      ))}
    </>
  )
}

/** Two versions of a child's, as the family may read them. */
interface Opened {
  readonly child: MyChild
  readonly version: PlanVersion & { readonly sentOn: string }
  readonly newest: VersionHead
  readonly previous: VersionHead | undefined
}

/** @returns undefined where there is no such child, or no such sent version of theirs */
async function open(trx: Trx, context: Context, saw: (childId: string) => void): Promise<Opened | undefined> {
  const child = await loadMyChild(trx, context.params['child'] ?? '', viewerOf(context).accountId)
  const id = context.params['version'] ?? ''
  if (!child || !isId(id)) return undefined
  const version = await loadVersion(trx, id)
  // A working copy is the council's own, and another child's plan is no part of this one's pages.
  if (!version || version.sentOn === null || version.childId !== child.id) return undefined
  saw(child.id)
  const heads = sentOf(await loadVersions(trx, child.id))
  const at = heads.findIndex((head) => head.id === version.id)
  return {
    child,
    version: { ...version, sentOn: version.sentOn },
    newest: heads[0]!,
    previous: comparedWith(version, heads.slice(at + 1)),
  }
}

async function one(context: Context): Promise<Answer> {
  const found = await context.read('family: read the plan', async (trx, saw) => {
    const opened = await open(trx, context, saw)
    return (
      opened && {
        ...opened,
        template: await loadTemplate(trx, opened.version.templateId),
        advice: await findReadableAdvice(trx, opened.child.id),
        openDraft: await openDraftOf(trx, opened.child.id),
      }
    )
  })
  if (!found) return { missing: true }
  const { child, version, newest, previous, template, advice } = found
  const canSay = found.openDraft !== undefined && version.id === newest.id && !isFinal(version.kind)
  return {
    page: {
      title: `${KIND_PLAINLY[version.kind]}: ${whose(child)}`,
      backLink: { href: planAddress(child.id), text: whose(child) },
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <span class="govuk-caption-l app-break">{whose(child)}</span>
            <h1 class="govuk-heading-l">{KIND_PLAINLY[version.kind]}</h1>
            <p class="govuk-body">
              We sent this on {dayInWords(version.sentOn)}. Each line has a number, so that you can say which
              one you mean.
            </p>
            {version.id === newest.id ? null : (
              <GovukInsetText>
                <p class="govuk-body">
                  This is not the newest.{' '}
                  <a class="govuk-link" href={planAddress(child.id, newest.id)}>
                    Read the newest
                  </a>
                  .
                </p>
              </GovukInsetText>
            )}
            <ul class="govuk-list app-family-links">
              {previous ? (
                <li>
                  <a class="govuk-link" href={planAddress(child.id, version.id, '/changes')}>
                    See what changed since the last one
                  </a>
                </li>
              ) : null}
              {canSay ? (
                <li>
                  <a class="govuk-link" href={`/family/children/${child.id}/draft`}>
                    Say what you think, line by line
                  </a>
                </li>
              ) : null}
            </ul>
            <PlanPaperLinks door="family" versionId={version.id} />
            <ShowPlan
              version={version}
              template={template}
              adviceHref={(releaseId) => (advice.has(releaseId) ? `/family/advice/${releaseId}` : undefined)}
              under={(section) => (
                <p class="govuk-body app-quiet">
                  {PLAINLY[section]}
                  {canSay && Object.hasOwn(SECTIONS, section) ? (
                    <>
                      <br />
                      <a class="govuk-link" href={`/family/children/${child.id}/draft/section/${section}`}>
                        Say what you think<span class="govuk-visually-hidden"> of section {section}</span>
                      </a>
                    </>
                  ) : null}
                </p>
              )}
            />
          </div>
        </div>
      ),
    },
  }
}

async function changes(context: Context): Promise<Answer> {
  const found = await context.read('family: what changed in the plan', async (trx, saw) => {
    const opened = await open(trx, context, saw)
    const before = opened?.previous && (await loadVersion(trx, opened.previous.id))
    return opened && before?.sentOn
      ? {
          ...opened,
          before: { ...before, sentOn: before.sentOn },
          template: await loadTemplate(trx, opened.version.templateId),
        }
      : undefined
  })
  if (!found) return { missing: true }
  const { child, version, before, template } = found
  const numbers = new Map(version.parts.map((part) => [part.partId, part.number]))
  return {
    page: {
      title: `What changed: ${whose(child)}`,
      backLink: { href: planAddress(child.id, version.id), text: KIND_PLAINLY[version.kind] },
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <span class="govuk-caption-l app-break">{whose(child)}</span>
            <h1 class="govuk-heading-l">What changed</h1>
            <p class="govuk-body">
              From the {KIND_PLAINLY[before.kind].toLowerCase()} of {dayInWords(before.sentOn)}, to the{' '}
              {KIND_PLAINLY[version.kind].toLowerCase()} of {dayInWords(version.sentOn)}.
            </p>
            <PlanDifference
              difference={differenceBetween(before.parts, version.parts)}
              heading={(section) =>
                template.sections.find((one) => one.id === section)?.heading ?? `Section ${section}`
              }
              number={(partId) => numbers.get(partId)}
            />
          </div>
        </div>
      ),
    },
  }
}

const BASE = '/family/children/:child/plan'

export const familyRoutes: readonly Route[] = [
  { method: 'GET', url: BASE, access: family, touches: 'children', handle: overview },
  { method: 'GET', url: `${BASE}/:version`, access: family, touches: 'children', handle: one },
  { method: 'GET', url: `${BASE}/:version/changes`, access: family, touches: 'children', handle: changes },
]

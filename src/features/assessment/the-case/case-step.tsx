import { randomUUID } from 'node:crypto'
import type { JSX } from 'preact'
import type { z } from 'zod'
import { refreshChild } from '../../../db/case-history/index.ts'
import type { Trx } from '../../../db/viewer.ts'
import { LetterRefused } from '../../../documents/letters/index.ts'
import { date, shortDate } from '../../../law/index.ts'
import { parseForm } from '../../../platform/forms.ts'
import {
  type Answer,
  type CommandResult,
  type Context,
  caseworkers,
  type FieldError,
  type Role,
  type Route,
  viewerOf,
} from '../../../platform/routes.ts'
import type { ProcessKind } from '../../../record/process-summary.ts'
import { type AssessmentStage, STAGE_LABELS } from '../../../record/stage.ts'
import { FormErrors, freshForm, type TypedForm } from '../../../ui/fields/index.ts'
import { GovukButton, GovukInsetText } from '../../../ui/govuk/index.ts'
import { checkLettersPage, type Leaving, whatLeavesIn, whatWasShown } from './check-letters.tsx'
import { type CaseFile, loadCase } from './load-case.ts'

/** What carrying a step out gives: a notice for the case page, or messages for fields. */
export type StepResult =
  | { readonly ok: true; readonly notice: string; readonly redirect?: string }
  | { readonly ok: false; readonly errors: readonly FieldError[] }

export interface StepRun {
  readonly trx: Trx
  readonly file: CaseFile
  readonly today: string
  readonly by: string
  readonly byName: string
  readonly context: Context
}

/** One thing a caseworker does on a case: its question page and what the answer records. */
export interface CaseStep<T> {
  /** Folder name and last part of the address: /staff/cases/:id/<slug> */
  readonly slug: string
  readonly title: (file: CaseFile) => string
  readonly roles?: readonly Role[]
  /** What it can be done on; an assessment only, unless said. On a plan no stage is asked for. */
  readonly kinds?: readonly ProcessKind[]
  /** Stages at which it can be done; at others the page says where the case is instead. */
  readonly stages: readonly AssessmentStage[]
  readonly schema: z.ZodType<T>
  /** Fields that hold several values. */
  readonly lists?: readonly string[]
  /** Fields that are dates in three boxes (their error links go to the first box). */
  readonly dates?: readonly string[]
  readonly start?: (
    file: CaseFile,
    today: string,
    context: Context,
  ) => Readonly<Record<string, string | readonly string[]>>
  readonly questions: (
    form: TypedForm,
    file: CaseFile,
    context: Context,
  ) => JSX.Element | Promise<JSX.Element>
  readonly button: string
  readonly carryOut: (run: StepRun, answer: T) => Promise<StepResult>
}

/** The two routes of a step: the page, and the form it posts. The case is locked, checked and refreshed round every step. */
export function caseStep<T>(step: CaseStep<T>): readonly Route[] {
  const url = `/staff/cases/:id/${step.slug}`
  const access = { who: 'roles', roles: step.roles ?? caseworkers } as const
  const show = async (context: Context): Promise<Answer> => {
    const file = await context.read(`${step.slug}: question page`, async (trx, saw) => {
      const found = await loadCase(trx, context.params['id'] ?? '')
      if (found) saw(found.child.id)
      return found
    })
    if (!file || !handles(step, file)) return { missing: true }
    return stepPage(
      step,
      file,
      freshForm({ ...step.start?.(file, context.today, context), idempotencyKey: randomUUID() }),
      context,
    )
  }
  const post = async (context: Context): Promise<Answer> => {
    const lists = Object.fromEntries((step.lists ?? []).map((name) => [name, context.formAll(name)]))
    const parsed = parseForm(step.schema, context.form, lists)
    const isChanging = context.form['_change'] !== undefined
    const outcome = isChanging
      ? ({ ok: false, errors: [] } as const)
      : parsed.ok
        ? await carryOut(step, parsed.value, context)
        : ({ ok: false, errors: parsed.errors } as const)
    if (outcome === 'missing') return { missing: true }
    if ('leaving' in outcome) return showWhatLeaves(step, outcome.leaving, context)
    if (outcome.ok)
      return { redirect: outcome.redirect, ...(outcome.notice ? { notice: outcome.notice } : {}) }
    const file = await context.read(`${step.slug}: question page again`, async (trx, saw) => {
      const found = await loadCase(trx, context.params['id'] ?? '')
      if (found) saw(found.child.id)
      return found
    })
    if (!file || !handles(step, file)) return { missing: true }
    return stepPage(step, file, typedForm(context, outcome.errors), context)
  }
  return [
    { method: 'GET', url, access, touches: 'children', handle: show },
    { method: 'POST', url, access, touches: 'children', handle: post },
  ]
}

/** The letters a step would keep and the messages it would send, for the officer to check before it is recorded. */
async function showWhatLeaves<T>(step: CaseStep<T>, leaving: Leaving, context: Context): Promise<Answer> {
  const file = await context.read(`${step.slug}: letters to check`, async (trx, saw) => {
    const found = await loadCase(trx, context.params['id'] ?? '')
    if (found) saw(found.child.id)
    return found
  })
  if (!file || !handles(step, file)) return { missing: true }
  const about = {
    file,
    leaving,
    csrfToken: viewerOf(context).csrfToken,
    title: step.title(file),
    hasChanged: context.form['_checked'] !== undefined,
  }
  return checkLettersPage(about, context)
}

/** What was posted, to be shown again with its messages. */
export function typedForm(context: Context, errors: readonly FieldError[]): TypedForm {
  return { value: (name) => context.form[name] ?? '', values: (name) => context.formAll(name), errors }
}

const handles = <T,>(step: CaseStep<T>, file: CaseFile): boolean =>
  (step.kinds ?? ['assessment']).includes(file.process.kind)

const isPossible = <T,>(step: CaseStep<T>, file: CaseFile): boolean =>
  file.process.kind === 'plan' || step.stages.includes(file.process.state)

const STALE =
  'Somebody else has changed this case since you opened this page. What you typed is kept below. Check the case, then send it again.'

async function carryOut<T>(
  step: CaseStep<T>,
  answer: T,
  context: Context,
): Promise<CommandResult | 'missing' | { readonly leaving: Leaving }> {
  const viewer = viewerOf(context)
  let missing = false
  let toCheck: Leaving | undefined
  const result = await tellingSecondAssessment(() =>
    context.command(step.slug, async (trx, changed) => {
      const file = await loadCase(trx, context.params['id'] ?? '', { forUpdate: true })
      if (!file || !handles(step, file)) {
        missing = true
        return { ok: false, errors: [] }
      }
      if (context.form['version'] && Number(context.form['version']) !== file.process.version)
        return { ok: false, errors: [{ field: '', text: STALE }] }
      if (!isPossible(step, file)) return { ok: false, errors: [{ field: '', text: notNow(file) }] }
      const done = await tellingRefusals(() =>
        step.carryOut(
          { trx, file, today: context.today, by: viewer.accountId, byName: viewer.name, context },
          answer,
        ),
      )
      if (!done.ok) return done
      // Nothing leaves before whoever sends it has seen who receives what: without that this is undone, letters and all.
      const leaving = await whatLeavesIn(trx, file.child.id)
      const leaves = leaving.letters.length + leaving.messages.length > 0
      if (leaves && context.form['_checked'] !== whatWasShown(leaving)) {
        toCheck = leaving
        return { ok: false, errors: [] }
      }
      await refreshChild(trx, file.child.id, context.today)
      changed(file.child.id)
      return { ok: true, redirect: done.redirect ?? `/staff/cases/${file.process.id}`, notice: done.notice }
    }),
  )
  if (toCheck) return { leaving: toCheck }
  return missing ? 'missing' : result
}

/** A child has one open assessment at a time (U-21): the database says so last, if nobody did before. */
async function tellingSecondAssessment(work: () => Promise<CommandResult>): Promise<CommandResult> {
  try {
    return await work()
  } catch (error) {
    const { code, constraint } = error as { code?: unknown; constraint?: unknown }
    if (code !== '23505' || constraint !== 'one_open_assessment') throw error
    return {
      ok: false,
      errors: [
        {
          field: '',
          text: 'This would open the assessment again while another of this child is open, and only one can be. Nothing was recorded. Close the other first, or record this there',
        },
      ],
    }
  }
}

/** A letter that may not be sent stops the step: its words go to the top of the page and nothing is recorded. */
async function tellingRefusals(work: () => Promise<StepResult>): Promise<StepResult> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof LetterRefused) return { ok: false, errors: [{ field: '', text: error.message }] }
    throw error
  }
}

const notNow = (file: CaseFile): string =>
  `This cannot be recorded now: the case is at “${STAGE_LABELS[file.process.state]}”. Open the case to see what has been recorded. If a fact is wrong, correct it from the case history.`

async function stepPage<T>(
  step: CaseStep<T>,
  file: CaseFile,
  form: TypedForm,
  context: Context,
): Promise<Answer> {
  const viewer = viewerOf(context)
  const title = step.title(file)
  const possible = isPossible(step, file)
  const main = (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <FormErrors form={form} {...(step.dates ? { dates: step.dates } : {})} />
        <span class="govuk-caption-l">
          {file.child.name}, born {shortDate(date(file.child.dateOfBirth))} · {file.process.reference}
        </span>
        <h1 class="govuk-heading-l">{title}</h1>
        {possible || form.errors.length > 0 ? (
          <form method="post" novalidate>
            <input type="hidden" name="_csrf" value={viewer.csrfToken} />
            <input
              type="hidden"
              name="idempotencyKey"
              value={
                form.value('idempotencyKey') && form.errors.length === 0
                  ? form.value('idempotencyKey')
                  : randomUUID()
              }
            />
            <input type="hidden" name="version" value={String(file.process.version)} />
            {await step.questions(form, file, context)}
            <GovukButton text={step.button} preventDoubleClick />
          </form>
        ) : (
          <GovukInsetText text={notNow(file)} />
        )}
      </div>
    </div>
  )
  return {
    page: {
      title,
      main,
      backLink: { href: `/staff/cases/${file.process.id}`, text: 'Back to the case' },
      hasErrors: form.errors.length > 0,
      status: form.errors.length > 0 ? 422 : 200,
    },
  }
}

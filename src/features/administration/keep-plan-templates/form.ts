import { z } from 'zod'
import { optionalText, type Parsed, parseForm, plainDate, text } from '../../../platform/forms.ts'
import type { FieldError } from '../../../platform/routes.ts'
import { PLAN_SECTIONS, type PlanSection } from '../../../record/plan/index.ts'
import {
  AGE_BANDS,
  type AgeBand,
  headingProblem,
  introProblem,
  LIMITS,
  promptsOf,
  promptsProblem,
  type TemplateSection,
} from './template.ts'

const why = {
  askedBy: text('Enter who asked for it', { max: 200 }),
  why: text('Enter why', { max: 2000 }),
  event: optionalText({ max: 200 }),
  decision: text('Enter what was decided, and by whom', { max: 2000 }),
}
/** Who asked, why, at which co-production event, and what was decided. */
export type WhyChanged = {
  readonly askedBy: string
  readonly why: string
  readonly event: string | null
  readonly decision: string
}

const aboutForm = z.object({
  name: text('Enter what the template is called', { max: LIMITS.name }),
  ageBand: z.enum(Object.keys(AGE_BANDS) as [AgeBand, ...AgeBand[]], {
    error: 'Choose whose plans it is for',
  }),
  ...why,
})
export type TemplateWords = z.output<typeof aboutForm> & { readonly sections: readonly TemplateSection[] }

const typedOf = (form: Readonly<Record<string, string>>, field: string): string => (form[field] ?? '').trim()
const HIDDEN = /[^\P{Cc}\t\n\r]/u

/** A template as typed. The sections are the law's twelve in the law's order: the form has no way to drop, merge or move one. */
export function readTemplateForm(form: Readonly<Record<string, string>>): Parsed<TemplateWords> {
  const about = parseForm(aboutForm, form)
  const errors: FieldError[] = about.ok ? [] : [...about.errors]
  const problem = (field: string, words: string | undefined) => {
    if (words) errors.push({ field, text: words })
    else if (HIDDEN.test(form[field] ?? ''))
      errors.push({ field, text: 'Remove the hidden control characters: paste as plain text' })
  }
  const sections = PLAN_SECTIONS.map((id): TemplateSection => {
    const section = {
      id,
      heading: typedOf(form, `heading-${id}`),
      intro: typedOf(form, `intro-${id}`),
      prompts: promptsOf(typedOf(form, `prompts-${id}`)),
    }
    problem(`heading-${id}`, headingProblem(id, section.heading))
    problem(`intro-${id}`, introProblem(id, section.intro))
    problem(`prompts-${id}`, promptsProblem(id, section.prompts))
    return section
  })
  return about.ok && errors.length === 0
    ? { ok: true, value: { ...about.value, sections } }
    : { ok: false, errors }
}

/** The values a form starts from. */
export const startOf = (template: {
  readonly name: string
  readonly ageBand: AgeBand
  readonly sections: readonly TemplateSection[]
}): Record<string, string> => ({
  name: template.name,
  ageBand: template.ageBand,
  ...Object.fromEntries(
    template.sections.flatMap((section: TemplateSection & { id: PlanSection }) => [
      [`heading-${section.id}`, section.heading],
      [`intro-${section.id}`, section.intro],
      [`prompts-${section.id}`, section.prompts.join('\n')],
    ]),
  ),
})

export const moveForm = (needsDay: (state: string) => boolean, states: readonly string[]) =>
  z
    .object({
      state: z.string({ error: CHOOSE }).refine((state) => states.includes(state), CHOOSE),
      ...why,
    })
    .and(
      z.object({ state: z.string().optional(), on: z.unknown().optional() }).transform((typed, context) => {
        if (!needsDay(typed.state ?? '')) return { on: null as string | null }
        const read = plainDate('the day').safeParse(typed.on)
        if (read.success) return { on: read.data as string | null }
        for (const issue of read.error.issues)
          context.addIssue({ code: 'custom', path: ['on'], message: issue.message })
        return z.NEVER
      }),
    )
const CHOOSE = 'Choose what happens to it'

export const importForm = z.object(why)

import { sendLetters } from '../../../documents/letters/index.ts'
import type { FieldError } from '../../../platform/routes.ts'
import { tellWhatIsAsked } from '../tell-those-asked/index.ts'
import { recordOnCase, type StepFact, type StepRun } from '../the-case/index.ts'
import { type Paper, sendPapers } from './papers.ts'
import { searchSettings } from './search-settings.ts'

export interface ToConsult {
  readonly settings: readonly string[]
  readonly on: string
  readonly how: 'email' | 'post' | 'by-hand' | 'portal'
  readonly papers: readonly Paper[]
}

/**
 * Consults settings on a case: a fact and a letter for each, the papers chosen and no others, and those who speak for each told
 * by when. Refused whole when one is closed, not found, or was consulted already: none is consulted twice.
 */
export async function consultOnCase(
  run: Pick<StepRun, 'trx' | 'file' | 'today' | 'by'>,
  asked: ToConsult,
): Promise<
  | { readonly ok: true; readonly ids: readonly string[] }
  | { readonly ok: false; readonly errors: readonly FieldError[] }
> {
  const { trx, file, today } = run
  const settings = await searchSettings(trx, '', asked.settings)
  if (settings.length !== new Set(asked.settings).size)
    return refused('One of the settings chosen could not be found or has closed. Search again')
  for (const one of settings)
    if (file.ownFacts.some((fact) => fact.kind === 'setting_consulted' && fact.setting === one.urn))
      return refused(`${one.name} has already been consulted`)
  const facts: StepFact[] = settings.map((one) => ({
    kind: 'setting_consulted',
    on: asked.on,
    field: 'consultedOn',
    payload: { setting: one.urn, settingName: one.name },
  }))
  const recorded = await recordOnCase(run, facts)
  if (!recorded.ok) return recorded
  for (const [index, one] of settings.entries()) {
    const eventId = recorded.ids[index]!
    await sendLetters(trx, {
      childId: file.child.id,
      processId: file.process.id,
      eventId,
      kind: 'setting-consultation',
      on: asked.on,
      how: asked.how,
      by: run.by,
      today,
      file,
      details: {
        to: { name: one.name, address: [one.town, one.postcode].filter(Boolean).join(', ') || null },
        settingUrn: one.urn,
      },
    })
    await sendPapers(trx, { childId: file.child.id, eventId, settingUrn: one.urn }, asked.papers)
  }
  await tellWhatIsAsked(
    trx,
    file,
    settings.map((one, index) => ({ fact: facts[index]!, eventId: recorded.ids[index]!, setting: one.urn })),
    today,
  )
  return { ok: true, ids: recorded.ids }
}

const refused = (text: string) => ({ ok: false as const, errors: [{ field: 'settings', text }] })

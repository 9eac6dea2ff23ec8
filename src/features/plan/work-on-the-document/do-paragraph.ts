import { parseForm } from '../../../platform/forms.ts'
import { type CommandResult, type Context, viewerOf } from '../../../platform/routes.ts'
import type { Party } from '../../../record/plan/working-key.ts'
import { answerChange, holdWorking, tellChanged, wishParagraph } from './commands.ts'
import { answerForm, STALE, stateOf, wishForm } from './form.ts'

const refuse = (field: string, text: string): CommandResult => ({ ok: false, errors: [{ field, text }] })

/** Does what was asked on the page of a paragraph, for the side at this door or, from paper, for the other. */
export function doParagraph(
  context: Context,
  of: { readonly documentId: string; readonly number: number; readonly base: string; readonly party: Party },
): Promise<CommandResult> {
  const by = { accountId: viewerOf(context).accountId, today: context.today }
  // Staff may write down what the family sent; a family speaks for itself alone.
  const speaks: Party = of.party === 'authority' && context.form['for'] === 'family' ? 'family' : of.party
  const wish = parseForm(wishForm, context.form)
  const answer = parseForm(answerForm, context.form)
  return context.command('worked on the document of an appeal', async (trx, changed) => {
    const working = await holdWorking(trx, of.documentId)
    const paragraph = working?.paragraphs.find((one) => one.number === of.number)
    if (!working || !paragraph) return refuse('', 'This paragraph is no longer here')
    if (working.endedOn) return refuse('', 'This working document is closed')
    if (stateOf(paragraph) !== context.form['was']) return refuse('', STALE)
    changed(working.childId)
    const done = (notice: string): CommandResult => ({
      ok: true,
      redirect: `${of.base}/paragraphs/${paragraph.number}`,
      notice,
    })
    if (context.form['do'] === 'answer') {
      if (!answer.ok) return { ok: false, errors: answer.errors }
      const change = paragraph.changes.find((one) => one.id === answer.value.change)
      if (!change || change.by === speaks || change.state === 'withdrawn')
        return refuse('', 'That change is not yours to answer')
      await answerChange(trx, working, change.id, speaks, answer.value.answer, '', by)
      await tellChanged(
        trx,
        working,
        { party: speaks, paragraph: paragraph.number, answer: answer.value.answer },
        by,
      )
      return done(answer.value.answer === 'agreed' ? 'Agreed.' : 'Not agreed.')
    }
    if (!wish.ok) return { ok: false, errors: wish.errors }
    const wished = await wishParagraph(
      trx,
      working,
      paragraph,
      {
        party: speaks,
        text: wish.value.wanted,
        evidence: wish.value.evidence ?? '',
        how: speaks === of.party ? 'here' : 'paper',
      },
      by,
    )
    if (!wished.ok)
      return refuse(
        'wanted',
        wished.why === 'nothing'
          ? 'Change the words, so that there is something to ask for'
          : 'Leave in the words that both sides agreed',
      )
    return done('Saved. Both sides can see it.')
  })
}

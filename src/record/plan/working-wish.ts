import { wordDifference } from './word-difference.ts'
import { appliedText, type ProposedChange } from './working-document.ts'
import type { Party } from './working-key.ts'

const isOwn = (change: ProposedChange, party: Party): boolean =>
  change.by === party && change.state !== 'agreed' && change.state !== 'withdrawn'
const isAgreed = (change: ProposedChange): boolean => change.state === 'agreed'

/** A paragraph as one side would have it: the plan's words, with what is agreed and what it proposes itself. */
export const wishedText = (base: string, changes: readonly ProposedChange[], party: Party): string =>
  appliedText(
    base,
    changes.filter((change) => isAgreed(change) || isOwn(change, party)),
  )

export type Wish =
  | { readonly ok: false; readonly why: 'nothing' | 'agreed' }
  | {
      readonly ok: true
      /** Its own changes that are taken back, and those that are new. What is still wished for stays as it was proposed. */
      readonly withdrawn: readonly string[]
      readonly proposed: readonly { readonly from: number; readonly to: number; readonly words: string }[]
    }

/**
 * What one side changes by writing a paragraph as it would have it. What both sides agreed stays: a text without it is not taken.
 */
export function wishOf(base: string, changes: readonly ProposedChange[], party: Party, wanted: string): Wish {
  const current = wishedText(base, changes, party)
  if (current === wanted) return { ok: false, why: 'nothing' }
  const origins = originsOf(base, changes, party)
  const agreedLetters = origins.filter((origin) => origin === 'agreed').length
  const result: { readonly letter: string; readonly origin: Origin }[] = []
  let at = 0
  for (const { how, words } of wordDifference(current, wanted))
    for (const letter of words.split('')) {
      if (how === 'added') result.push({ letter, origin: 'own' })
      else {
        if (how === 'same') result.push({ letter, origin: origins[at]! })
        at++
      }
    }
  if (result.filter(({ origin }) => origin === 'agreed').length < agreedLetters)
    return { ok: false, why: 'agreed' }
  const agreedOut = new Set(
    changes.filter(isAgreed).flatMap(({ from, to }) => Array.from({ length: to - from }, (_, n) => from + n)),
  )
  const stands = new Set(result.flatMap(({ origin }) => (typeof origin === 'number' ? [origin] : [])))
  const puts = new Map<number, string>()
  let place = 0
  for (const { letter, origin } of result) {
    if (typeof origin === 'number') place = origin + 1
    else if (origin === 'own') puts.set(place, (puts.get(place) ?? '') + letter)
  }
  const wished: { from: number; to: number; words: string }[] = []
  for (let index = 0; index <= base.length; index++) {
    const isOut = index < base.length && !stands.has(index) && !agreedOut.has(index)
    const words = puts.get(index) ?? ''
    const last = wished.at(-1)
    if (isOut && last && last.to === index && last.to > last.from && words === '') last.to++
    else if (isOut || words !== '') wished.push({ from: index, to: isOut ? index + 1 : index, words })
  }
  // Words put back as the plan has them are no change.
  const wishes = wished.filter(({ from, to, words }) => base.slice(from, to) !== words)
  const own = changes.filter((change) => isOwn(change, party))
  const isSame = (one: { from: number; to: number; words: string }, other: typeof one) =>
    one.from === other.from && one.to === other.to && one.words === other.words
  return {
    ok: true,
    withdrawn: own.filter((change) => !wishes.some((one) => isSame(one, change))).map(({ id }) => id),
    proposed: wishes.filter((one) => !own.some((change) => isSame(one, change))),
  }
}

/** Where a letter of the text comes from: a place in the plan's words, an agreed change, or one of the side's own. */
type Origin = number | 'agreed' | 'own'

function originsOf(base: string, changes: readonly ProposedChange[], party: Party): readonly Origin[] {
  const live = changes.filter((change) => isAgreed(change) || isOwn(change, party))
  const gone = new Set<number>()
  const puts = new Map<number, Origin[]>()
  for (const change of live) {
    for (let at = change.from; at < change.to; at++) gone.add(at)
    const letters = Array.from(
      { length: change.words.length },
      (): Origin => (isAgreed(change) ? 'agreed' : 'own'),
    )
    puts.set(change.to, [...(puts.get(change.to) ?? []), ...letters])
  }
  const origins: Origin[] = []
  for (let at = 0; at <= base.length; at++) {
    origins.push(...(puts.get(at) ?? []))
    if (at < base.length && !gone.has(at)) origins.push(at)
  }
  return origins
}

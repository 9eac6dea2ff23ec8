import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { capacity, whatInWords } from './words.ts'

const GENERAL = /^(Looked at|Changed) something in this record$/
const FEATURES = join(import.meta.dirname, '..', '..')

/** What pages write in the access log about a child, as far as it is written out in their code. */
function workingNames(): readonly string[] {
  return readdirSync(FEATURES, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|test-data|story|try-/.test(file))
    .flatMap((file) =>
      [
        ...readFileSync(join(FEATURES, file), 'utf8').matchAll(/context\.(?:read|command)\(\s*'([^']+)'/g),
      ].map(([, name]) => name!),
    )
}

/** Pages that show no child by themselves: settings, lists of people, counts. */
const NO_CHILD =
  /^(choices|localities|settings|settings to consult|readings of the law|move-training-time|publish-timeliness|timeliness|timeliness: (counts|published)|saved filters|(save|remove)-worklist-filter|wording of messages|write|people|where managers|confirm-our-people|set-capacity|our service: capacity|requests begun|began a request|kept a)/

describe('What somebody looked at, in plain words', () => {
  test('names the page, tells a form from what was done with it, and a form’s number is not shown', () => {
    expect(whatInWords('case: dates', 'seen')).toBe('Looked at the dates of the case')
    expect(whatInWords('chase-advice/:adviceId: question page', 'seen')).toBe(
      'Opened the form for this: asked again for advice that is late',
    )
    expect(whatInWords('send-the-draft', 'changed')).toBe('Sent the draft plan')
    expect(whatInWords('broke the glass: a call from the hospital', 'seen')).toBe(
      'Opened this record in an emergency, and had to say why',
    )
  })

  test('what is newer than the list is told in a safe general phrase, never by its working name', () => {
    expect(whatInWords('xyz: secret plan', 'seen')).toBe('Looked at something in this record')
    expect(whatInWords('xyz: secret plan', 'changed')).toBe('Changed something in this record')
    expect(whatInWords('GET /staff/x', 'refused')).toBe('Tried to open something here, and was not let in')
  })

  test('nearly every page of the product has words of its own', () => {
    const names = [...new Set(workingNames())].filter((name) => !NO_CHILD.test(name))
    const general = names.filter((name) => GENERAL.test(whatInWords(name, 'seen')))
    expect(names.length).toBeGreaterThan(30)
    // A page added lately may be told in the general phrase; many may not.
    expect(general.length, `give these words: ${general.join('; ')}`).toBeLessThan(names.length / 10)
  })

  test('the job is told with whom it is for; a family has none', () => {
    expect(capacity('staff', 'Plan coordinator')).toBe('Plan coordinator, the council')
    expect(capacity('family', '')).toBe('')
    expect(capacity('system', '')).toBe('The computer system')
  })
})

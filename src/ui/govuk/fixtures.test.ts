import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as adapter from './index.ts'
import { adaptedComponents, govukFolder } from './templates.ts'

interface Fixture {
  readonly name: string
  readonly options: object
  readonly html: string
}

const macroName = (component: string) =>
  `govuk${component.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}`

const plain = (markup: string) => markup.replaceAll(/\s+/g, ' ').replaceAll(/> </g, '><').trim()

describe('the adapter draws what the official package says it should', () => {
  let compared = 0
  for (const component of adaptedComponents) {
    const file = join(govukFolder, 'components', component, 'fixtures.json')
    const { fixtures } = JSON.parse(readFileSync(file, 'utf8')) as { fixtures: readonly Fixture[] }
    it(`${component}: ${fixtures.length} fixtures`, () => {
      // The fixtures are the package's own and hold bare markup, which our types refuse.
      const render = (adapter as unknown as Record<string, (options: object) => string>)[macroName(component)]
      if (!render) throw new Error(`no macro for ${component}`)
      for (const fixture of fixtures) {
        expect(plain(render(fixture.options)), fixture.name).toBe(plain(fixture.html))
        compared++
      }
      expect(fixtures.length).toBeGreaterThan(0)
    })
  }
  it('compared them all', () => {
    expect(compared).toBeGreaterThan(500)
  })
})

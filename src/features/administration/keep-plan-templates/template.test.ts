import { describe, expect, test } from 'vitest'
import { emptyTemplate, headingProblem } from './template.ts'
import { checkTemplateFile, templateAsFile } from './template-file.ts'

const whole = { name: 'National', ageBand: 'all' as const, sections: emptyTemplate() }
const problems = (content: unknown) =>
  checkTemplateFile(JSON.stringify(content))
    .lines.map((line) => line.problem)
    .filter((problem) => problem !== undefined)

describe('a heading is styled, and its section stays separately identified', () => {
  test.each([
    ['F', 'Section F: What we do', undefined],
    ['F', 'F. The help', undefined],
    ['A', 'Section A – I and my family', undefined],
    ['H1', 'section h1: social care', undefined],
    ['B', 'Sections B and C: Needs', 'puts sections B and C together'],
    ['B', 'B/C Needs', 'puts sections B and C together'],
    ['H1', 'Section H1, H2: Social care', 'puts sections H1 and H2 together'],
    ['F', 'Help at school', 'must begin with its letter'],
    ['H1', 'Section H: Social care', 'must begin with its letter'],
    ['K', '', 'Enter the heading'],
  ] as const)('%s, “%s”', (id, heading, problem) => {
    if (problem === undefined) expect(headingProblem(id, heading)).toBeUndefined()
    else expect(headingProblem(id, heading)).toContain(problem)
  })
})

describe('a template from a file', () => {
  test('what is given out is read back the same', () => {
    const file = checkTemplateFile(templateAsFile(whole))
    expect(file.template).toEqual(whole)
    expect(file.lines).toHaveLength(2 + 12 * 3)
  })

  test('a section left out, out of its place, twice or made up is refused with its reason, and the good lines are shown', () => {
    const [a, b, ...rest] = whole.sections
    expect(problems({ ...whole, sections: [a, ...rest] })).toContain(
      'Section B is missing: no section may be left out (SEND Regulations 2014, reg 12(1))',
    )
    const swapped = checkTemplateFile(JSON.stringify({ ...whole, sections: [b, a, ...rest] }))
    expect(swapped.template).toBeUndefined()
    expect(swapped.lines.filter((line) => line.problem === undefined).length).toBeGreaterThan(30)
    expect(problems({ ...whole, sections: [b, a, ...rest] })[0]).toContain(
      'stands in place 1, where A belongs',
    )
    expect(problems({ ...whole, sections: [...whole.sections, a] })).toContain(
      'Section A is in the file twice',
    )
    expect(problems({ ...whole, sections: [{ ...a, id: 'H' }, b, ...rest] })[0]).toContain(
      '“id” must be one of A, B',
    )
  })

  test('what is not JSON says where, and values of the wrong kind say so', () => {
    expect(checkTemplateFile('{\n  "name": "x",\n  nope\n}').unreadable).toContain('line 3')
    expect(checkTemplateFile('').unreadable).toBe('There is nothing in it')
    expect(checkTemplateFile('[]').unreadable).toContain('one object')
    expect(problems({ ...whole, name: 7 })).toEqual(['Name must be words'])
    expect(problems({ ...whole, ageBand: 'year 9' })[0]).toContain('Age band must be one of')
    expect(problems({ ...whole, logo: 'x' })).toEqual(['Not a part of a template: take it out of the file'])
    expect(problems({ ...whole, sections: 'A to K' })).toEqual([
      'Sections must be a list of the twelve sections',
    ])
    const [a, ...rest] = whole.sections
    expect(problems({ ...whole, sections: [{ ...a, prompts: ['What?', 'What?'] }, ...rest] })).toEqual([
      'Section A asks “What?” twice',
    ])
    expect(problems({ ...whole, sections: [{ ...a, prompts: [7] }, ...rest] })[0]).toContain(
      'must be a list of questions',
    )
    expect(problems({ ...whole, sections: [{ ...a, intro: 'x\u0000y' }, ...rest] })[0]).toContain(
      'hidden control characters',
    )
  })
})

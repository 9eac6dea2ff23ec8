import { describe, expect, test } from 'vitest'
import { compose, gapsIn, LINK, problemsOf } from './compose.ts'
import { readMessageSettings } from './settings.ts'
import { signInWords } from './sign-in-message.ts'
import { CHANNELS, findTemplate, TEMPLATE_KEYS } from './templates.ts'

const examples = (key: (typeof TEMPLATE_KEYS)[number]): Record<string, string> =>
  Object.fromEntries(Object.entries(findTemplate(key)!.gaps).map(([gap, { example }]) => [gap, example]))

describe.each(TEMPLATE_KEYS)('the message %s', (key) => {
  const template = findTemplate(key)!
  test.each(CHANNELS)(
    'by %s: usable wording, all gaps filled, the link once, its legal parts whole',
    (channel) => {
      expect(problemsOf(template, channel, template.wording[channel])).toEqual([])
      const made = compose({ template: key, channel, values: examples(key), authorityName: 'Story County' })
      expect(gapsIn(made.body)).toEqual(['link'])
      expect(made.body.split(LINK)).toHaveLength(2)
      expect(made.body).toContain('Story County')
      if (channel !== 'text') for (const part of template.legal) expect(made.body).toContain(part)
      else if (template.legal.length > 0) expect(made.body).toContain('Your rights are there too.')
      // Three parts of a text at the most, when its link is as long as a link can be.
      if (channel === 'text') expect(made.body.length + 80).toBeLessThan(460)
      expect(`${made.subject} ${made.body}`).not.toMatch(/new information/i)
    },
  )
})

describe('the wording a council may edit', () => {
  const draft = findTemplate('draft-sent')!
  const edited = { subject: 'Please read the draft', body: 'It is ready. Answer by ((replyBy)).' }
  test('the legal parts stay whatever is written, and the link too', () => {
    const { body } = compose({
      template: 'draft-sent',
      channel: 'email',
      wording: edited,
      values: { replyBy: '2027-02-15' },
      authorityName: 'Story County',
    })
    expect(body).toContain('It is ready. Answer by 15 February 2027.')
    for (const part of draft.legal) expect(body).toContain(part)
    expect(body).toContain('at least 15 days')
    expect(body).toContain(LINK)
  })
  test.each([
    ['a gap taken out', { ...edited, body: 'It is ready.' }, 'body', 'Keep ((replyBy))'],
    [
      'a gap that is not there',
      { ...edited, body: 'Dear ((childName)), by ((replyBy))' },
      'body',
      '((childName)) is not a gap',
    ],
    ['a gap left open', { ...edited, body: 'By ((replyBy)) or ((replyBy' }, 'body', 'one is not closed'],
    [
      'a link of their own',
      { ...edited, body: 'By ((replyBy)) at https://elsewhere.example' },
      'body',
      'Take the web address out',
    ],
    ['no subject', { ...edited, subject: ' ' }, 'subject', 'Enter a subject'],
    [
      'words that say nothing',
      { ...edited, body: 'You have new information. ((replyBy))' },
      'body',
      'Say what changed',
    ],
  ])('%s is refused in words', (_what, wording, field, says) => {
    const problems = problemsOf(draft, 'email', wording)
    expect(problems).toHaveLength(1)
    expect(problems[0]!.field).toBe(field)
    expect(problems[0]!.text).toContain(says)
  })
  test('a message with a gap left empty is a mistake in the program', () => {
    expect(() =>
      compose({ template: 'draft-sent', channel: 'email', values: { replyBy: '' }, authorityName: 'X' }),
    ).toThrow('needs replyBy')
  })
})

describe('sign-in messages', () => {
  test.each(['email', 'text'] as const)(
    'by %s: the link and the code, how long, and never why',
    (channel) => {
      const { subject, body } = signInWords({
        channel,
        link: 'https://x.example/s/abc',
        code: '123456',
        minutes: 15,
        authorityName: 'Story County',
      })
      expect(body).toContain('https://x.example/s/abc')
      expect(body).toContain('123456')
      expect(body).toContain('15 minutes')
      expect(subject + body).not.toMatch(/child|case|draft/i)
    },
  )
})

describe('what a deployment sets', () => {
  const read = (env: Record<string, string>) =>
    readMessageSettings(env, (why) => {
      throw new Error(why)
    })
  test('nothing set sends nothing', () => {
    expect(read({})).toEqual({ smtp: undefined, notify: undefined })
  })
  test('a mail server elsewhere must be met with TLS; one on this machine need not', () => {
    const from = { CLEARWAY_MAIL_FROM: 'Story County SEND <send@story.invalid>' }
    expect(read({ ...from, CLEARWAY_SMTP_URL: 'smtp://u:p@mail.story.invalid:587' }).smtp?.allowPlain).toBe(
      false,
    )
    expect(read({ ...from, CLEARWAY_SMTP_URL: 'smtp://127.0.0.1:2525' }).smtp?.allowPlain).toBe(true)
  })
  test.each([
    [{ CLEARWAY_SMTP_URL: 'https://u:secret@mail.story.invalid' }, 'must be like smtps://'],
    [{ CLEARWAY_SMTP_URL: 'smtp://mail.story.invalid' }, 'set CLEARWAY_MAIL_FROM'],
    [
      { CLEARWAY_SMTP_URL: 'smtp://mail.story.invalid', CLEARWAY_MAIL_FROM: 'a@b.c\nBcc: x@y.z' },
      'set CLEARWAY_MAIL_FROM',
    ],
    [{ CLEARWAY_NOTIFY_KEY: 'short' }, 'the whole key'],
  ])('%j is refused, and no password is repeated', (env, says) => {
    expect(() => read(env)).toThrow(says)
    expect(() => read(env)).not.toThrow('secret')
  })
})

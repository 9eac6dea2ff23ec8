/**
 * The browser's part of a page of the plan. It asks the server for the marks on the words while they are typed, and keeps what
 * is typed in this tab until it is saved, so that a connection lost or a session ended loses nothing. Without it every page
 * works: the marks come with the button.
 */
export const planWordsScript = `
// Pressed, a form may still be lost on the way: what was kept of it is forgotten when a page says that it was saved.
try {
  const sent = sessionStorage.getItem('plan-sent')
  const isSaved = [...document.querySelectorAll('.app-notice')].some((one) => one.textContent.includes('Saved.'))
  if (sent && isSaved) { sessionStorage.removeItem(sent); sessionStorage.removeItem('plan-sent') }
} catch {}
for (const form of document.querySelectorAll('form[data-plan-words]')) {
  const marks = form.querySelector('[data-plan-marks]')
  const person = document.querySelector('meta[name="person"]')?.content || ''
  const KEY = 'plan-words:' + person + ':' + location.pathname
  // What the page itself hides, such as the version it was opened at, is nobody's typing: the same words are not offered twice.
  const typed = () => [...new FormData(form)].filter(([name]) => form.elements.namedItem(name)?.type !== 'hidden')
  const atFirst = JSON.stringify(typed())
  const forget = () => { try { sessionStorage.removeItem(KEY) } catch {} }
  // Another person's words are never left in the tab.
  try {
    for (const key of Object.keys(sessionStorage))
      if (key.startsWith('plan-words:') && !key.startsWith('plan-words:' + person + ':')) sessionStorage.removeItem(key)
  } catch {}
  const restore = (kept) => {
    for (const box of form.querySelectorAll('input[type=checkbox], input[type=radio]'))
      box.checked = kept.some(([name, value]) => name === box.name && value === box.value)
    for (const [name, value] of kept) {
      const field = form.elements.namedItem(name)
      if (field && field.tagName && field.type !== 'hidden' && field.type !== 'checkbox' && field.type !== 'radio') field.value = value
    }
  }
  let kept
  try { kept = JSON.parse(sessionStorage.getItem(KEY) || 'null') } catch {}
  if (kept && JSON.stringify(kept) !== atFirst) {
    const note = document.createElement('div')
    note.className = 'govuk-inset-text'
    const words = document.createElement('p')
    words.className = 'govuk-body'
    words.textContent = 'You typed words here that were not saved. They are kept in this tab.'
    const again = document.createElement('button')
    const away = document.createElement('button')
    for (const [button, text] of [[again, 'Bring them back'], [away, 'Forget them']]) {
      button.type = 'button'
      button.className = 'govuk-button govuk-button--secondary'
      button.textContent = text
    }
    again.addEventListener('click', () => { restore(kept); note.remove(); ask() })
    away.addEventListener('click', () => { forget(); note.remove() })
    note.append(words, again, ' ', away)
    form.prepend(note)
  }
  let timer
  let asked = 0
  const show = (found) => {
    const list = document.createElement('ul')
    list.className = 'govuk-list app-advice__hints'
    for (const mark of found) {
      const item = document.createElement('li')
      const words = document.createElement('strong')
      words.textContent = '\\u201c' + mark.words + '\\u201d'
      const better = document.createElement('span')
      better.className = 'app-plan__better'
      better.textContent = 'Better: ' + mark.better
      item.append(words, ' ' + mark.reason + ' ', better)
      list.append(item)
    }
    const said = document.createElement('p')
    said.className = 'govuk-body-s'
    said.setAttribute('role', 'status')
    said.textContent = found.length === 0 ? 'No mark on these words.' : found.length + (found.length === 1 ? ' mark on what you typed:' : ' marks on what you typed:')
    marks.replaceChildren(said, ...(found.length ? [list] : []))
  }
  const ask = async () => {
    if (!form.dataset.planWords) return
    const mine = ++asked
    try {
      const answer = await fetch(form.dataset.planWords, {
        method: 'POST',
        headers: { accept: 'application/json' },
        body: new URLSearchParams(new FormData(form)),
      })
      if (answer.ok && mine === asked) show(await answer.json())
    } catch {
      // No connection: the words are kept, and the marks come with the next word or with the button.
    }
  }
  form.addEventListener('input', () => {
    try { sessionStorage.setItem(KEY, JSON.stringify(typed())) } catch {}
    clearTimeout(timer)
    timer = setTimeout(ask, 900)
  })
  form.addEventListener('submit', () => { try { sessionStorage.setItem('plan-sent', KEY) } catch {} })
}
`

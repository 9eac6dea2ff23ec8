// A family's own page on their own phone: read aloud, and kept to read without a connection, if they ask.
// Every page works without this file.
const KEPT = 'family-kept'
const OWNER = '/family-kept-for'
const person = document.querySelector('meta[name="person"]')?.content
const mayKeep = 'serviceWorker' in navigator && 'caches' in window

const forget = async () => {
  await caches.delete(KEPT)
  for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister()
}

const owner = async () => {
  if (!(await caches.has(KEPT))) return undefined
  return (await (await caches.open(KEPT)).match(OWNER))?.text()
}

/** The page as it is now, for a day without a connection: no forms, no scripts, and a stamp saying when. */
const copyOfPage = () => {
  const copy = document.documentElement.cloneNode(true)
  for (const part of copy.querySelectorAll(
    'script, form, button, meta[name="person"], [data-not-kept], link[rel="manifest"]',
  ))
    part.remove()
  const when = new Date()
  const stamp = document.createElement('p')
  stamp.className = 'app-kept-stamp'
  stamp.setAttribute('role', 'status')
  stamp.textContent = `As seen on ${when.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })} at ${when.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })} – you are offline. Things may have changed since then. Links do not work until you are online.`
  copy.querySelector('main')?.prepend(stamp)
  return `<!doctype html>${copy.outerHTML}`
}

const keep = async () => {
  const kept = await caches.open(KEPT)
  await kept.put(
    location.pathname,
    new Response(copyOfPage(), {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy':
          "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      },
    }),
  )
  for (const sheet of document.querySelectorAll('link[rel="stylesheet"]')) {
    if (!(await kept.match(sheet.href))) await kept.add(sheet.href)
  }
}

const choice = async (place) => {
  const [on, off] = ['on', 'off'].map((name) => place.querySelector(`[data-keep="${name}"]`))
  const show = (isKept) => {
    for (const part of place.querySelectorAll('[data-when-kept]'))
      part.hidden = (part.dataset.whenKept === 'yes') !== isKept
    place.hidden = false
  }
  on.addEventListener('click', async () => {
    await (await caches.open(KEPT)).put(OWNER, new Response(person))
    await navigator.serviceWorker.register('/family-worker.js', { scope: '/family' })
    await keep()
    show(true)
    off.focus()
  })
  off.addEventListener('click', async () => {
    await forget()
    show(false)
    on.focus()
  })
  const isKept = (await owner()) === person
  if (isKept) await keep()
  show(isKept)
}

const start = async () => {
  const kept = await owner()
  // Somebody else is here now, or the one who was has gone.
  if (kept !== undefined && (location.pathname === '/signed-out' || (person && person !== kept)))
    await forget()
  for (const form of document.querySelectorAll('form[action="/sign-out"]'))
    form.addEventListener('submit', (event) => {
      if (form.dataset.forgotten) return
      event.preventDefault()
      form.dataset.forgotten = 'yes'
      forget().finally(() => form.requestSubmit())
    })
  const place = document.querySelector('[data-keep-page]')
  if (place && person) await choice(place)
}
if (mayKeep) start().catch(() => {})

// Reading aloud, where the browser can.
if ('speechSynthesis' in window)
  for (const button of document.querySelectorAll('[data-read-aloud]')) {
    const [read, stop] = [button.textContent, 'Stop reading']
    const done = () => {
      button.textContent = read
    }
    button.hidden = false
    button.addEventListener('click', () => {
      if (speechSynthesis.speaking) {
        speechSynthesis.cancel()
        done()
        return
      }
      const lines = document.getElementById(button.dataset.readAloud).querySelectorAll('h2, p, li')
      const said = [...lines].map((line) => {
        const speech = new SpeechSynthesisUtterance(line.textContent)
        speech.lang = 'en-GB'
        speech.rate = 0.9
        return speech
      })
      if (said.length === 0) return
      said.at(-1).addEventListener('end', done)
      button.textContent = stop
      for (const speech of said) speechSynthesis.speak(speech)
    })
  }

/**
 * The browser's part of a file box: sends each file by itself as soon as it is chosen, shows how far it is, and tries again
 * when the connection is lost; files already kept stay kept. Without it the box is a plain one and the form sends all.
 */
export const uploadScript = `
const WAITS = [1000, 3000, 8000, 15000, 30000, 60000]
const pause = (ms) => new Promise((resolve) => {
  const timer = setTimeout(resolve, ms)
  addEventListener('online', () => { clearTimeout(timer); resolve() }, { once: true })
})
function sendOne(form, input, file, onProgress) {
  const data = new FormData()
  // What proves that the form is ours goes first; the file is last.
  for (const each of form.querySelectorAll('input[type=hidden]')) data.append(each.name, each.value)
  data.append('_upload', '1')
  data.append(input.dataset.name, file, file.name)
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open('POST', form.getAttribute('action') || location.href)
    request.setRequestHeader('accept', 'application/json')
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total)
    })
    request.addEventListener('load', () => {
      try { resolve({ status: request.status, files: request.status === 200 ? JSON.parse(request.responseText) : [] }) }
      catch { resolve({ status: request.status, files: [] }) }
    })
    for (const lost of ['error', 'timeout', 'abort']) request.addEventListener(lost, () => resolve({ status: 0, files: [] }))
    request.send(data)
  })
}
const inWords = (status) =>
  status === 401 || status === 403
    ? 'It was not sent, because you are no longer signed in. Sign in again in another tab, then choose it again'
    : status === 413 ? 'It is too big' : 'It was not sent, because of a problem of ours. Choose it again in a few minutes'
for (const part of document.querySelectorAll('[data-upload]')) {
  const input = part.querySelector('input[type=file]')
  const form = input && input.closest('form')
  const list = part.querySelector('[data-upload-list]')
  const said = part.querySelector('[role=status]')
  if (!form || !window.FormData) continue
  const largest = Number(part.dataset.largest || 0)
  const waiting = []
  let isSending = false
  let button
  input.dataset.name = input.name
  async function send(file, row) {
    const bar = row.querySelector('progress')
    const words = row.querySelector('[data-words]')
    for (let attempt = 0; ; attempt++) {
      words.textContent = attempt ? 'Trying again' : 'Sending'
      const answer = await sendOne(form, input, file, (done) => {
        bar.value = done
        if (done === 1) words.textContent = 'Sent. Being checked'
      })
      if (answer.status === 0 || answer.status === 503) {
        if (attempt >= WAITS.length) return { ok: false, words: 'The connection was lost. Choose it again when you are connected' }
        words.textContent = 'The connection was lost. It will be sent again by itself'
        await pause(WAITS[attempt])
        continue
      }
      return answer.files[0] || { ok: false, words: inWords(answer.status) }
    }
  }
  async function sendAll() {
    if (isSending) return
    isSending = true
    let kept = 0, lost = 0
    while (waiting.length) {
      const { file, row } = waiting.shift()
      const result = largest && file.size > largest
        ? { ok: false, words: 'It is too big. The most is ' + part.dataset.largestWords }
        : await send(file, row)
      row.querySelector('progress').remove()
      row.classList.add(result.ok ? 'app-upload__row--kept' : 'app-upload__row--not')
      row.querySelector('[data-words]').textContent = (result.ok ? 'Kept. ' : 'Not kept. ') + result.words
      result.ok ? kept++ : lost++
    }
    isSending = false
    said.textContent = kept + (kept === 1 ? ' file kept. ' : ' files kept. ') + (lost ? lost + ' not kept: the list says why.' : '')
    const pressed = button
    button = undefined
    if (!pressed) return
    // Thanking somebody for what was not kept would lose it: they are told, and decide.
    if (lost) said.textContent += ' Nothing else has been sent yet. Choose another file, or press the button again to go on without it.'
    else form.requestSubmit(pressed.form ? pressed : undefined)
  }
  input.addEventListener('change', () => {
    for (const file of input.files) {
      const row = document.createElement('li')
      row.className = 'app-upload__row'
      const name = document.createElement('bdi')
      name.textContent = file.name
      const words = document.createElement('span')
      words.dataset.words = ''
      words.textContent = 'Waiting'
      const bar = document.createElement('progress')
      bar.max = 1
      bar.value = 0
      bar.setAttribute('aria-label', 'How much of ' + file.name + ' is sent')
      row.append(name, ' ', words, ' ', bar)
      list.append(row)
      waiting.push({ file, row })
    }
    // Taken out of the box, so that the form's button does not send them a second time.
    input.value = ''
    said.textContent = 'Sending ' + waiting.length + (waiting.length === 1 ? ' file' : ' files')
    sendAll()
  })
  // The button pressed while files are on their way: it waits for them.
  form.addEventListener('submit', (event) => {
    if (!isSending) return
    event.preventDefault()
    event.stopImmediatePropagation()
    button = event.submitter || {}
    said.textContent = 'Your files are still being sent. The page goes on by itself when they are.'
  }, true)
  addEventListener('beforeunload', (event) => { if (isSending) event.preventDefault() })
}
`

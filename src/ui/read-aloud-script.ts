/**
 * Reads a page aloud by the browser's own voice, sentence by sentence, and marks the one it is at. The buttons are shown only
 * where the browser has a voice; without it, or without scripts, the page is the same and has none.
 */
export const readAloudScript = `
const box = document.querySelector('[data-read-to-me]')
const said = [...document.querySelectorAll('[data-say]')]
if (box && said.length && 'speechSynthesis' in window) {
  const voices = window.speechSynthesis
  const [play, stop] = box.querySelectorAll('button')
  const mark = (at) => said.forEach((one, n) => one.classList.toggle('app-my-plan__said', n === at))
  let turn = 0
  const end = () => { turn++; voices.cancel(); mark(-1); stop.disabled = true; play.disabled = false }
  const voiceFor = (language) => voices.getVoices().find((one) => one.lang.toLowerCase().startsWith(language.toLowerCase().slice(0, 2)))
  const speak = (at, mine) => {
    if (mine !== turn) return
    if (at >= said.length) { end(); play.focus(); return }
    const language = said[at].closest('[lang]')?.lang || 'en'
    const words = new SpeechSynthesisUtterance(said[at].textContent)
    words.lang = language
    const voice = voiceFor(language)
    if (voice) words.voice = voice
    words.rate = 0.9
    words.onend = () => speak(at + 1, mine)
    // A voice that is promised and cannot speak is no voice: what does not work is not offered.
    words.onerror = (event) => { if (mine === turn) { end(); if (event.error !== 'interrupted' && event.error !== 'canceled') box.hidden = true } }
    mark(at)
    voices.speak(words)
  }
  play.addEventListener('click', () => { end(); stop.disabled = false; play.disabled = true; stop.focus(); speak(0, turn) })
  stop.addEventListener('click', () => { end(); play.focus() })
  addEventListener('pagehide', end)
  const show = () => { box.hidden = voices.getVoices().length === 0 }
  show()
  voices.addEventListener?.('voiceschanged', show)
}
`

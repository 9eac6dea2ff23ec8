/** The browser's part of a passkey: asks our site for a challenge, the device for its answer, and sends a form. Without it, or
 *  where the browser has no passkeys, its part of the page stays hidden and people use a link. */
export const passkeyScript = `
for (const part of document.querySelectorAll('[data-passkey]')) {
  const form = part.querySelector('form')
  const status = part.querySelector('[role=status]')
  const isNew = part.dataset.passkey === 'new'
  if (!window.PublicKeyCredential || !PublicKeyCredential.parseRequestOptionsFromJSON) continue
  part.hidden = false
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    status.textContent = ''
    try {
      const answer = await fetch(part.dataset.begin, {
        method: 'POST', redirect: 'error', credentials: 'same-origin',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ _csrf: form.elements._csrf.value }),
      })
      if (!answer.ok) throw new Error('refused')
      const publicKey = await answer.json()
      const made = isNew
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) })
      form.elements.credential.value = JSON.stringify(made.toJSON())
      form.submit()
    } catch (error) {
      status.textContent = error.name === 'InvalidStateError'
        ? 'This device already has a passkey here.'
        : 'That did not work. Try again, or use a link instead.'
    }
  })
}
`

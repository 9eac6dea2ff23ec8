/** The page shown while the training authority is made: it reloads itself, with or without scripts. */
export function preparingPage(progress: { readonly done: number; readonly doing: string }): string {
  const percent = Math.min(100, Math.max(0, Math.round(progress.done * 100)))
  const doing = progress.doing.replaceAll(/[<>&]/g, '')
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="refresh" content="2"><title>Getting ready (${percent}%)</title>
<style>body{font:19px/1.4 "Helvetica Neue",Arial,sans-serif;max-width:40em;margin:3em auto;padding:0 1em;color:#0b0c0c}progress{width:100%;height:1.5em;accent-color:#00703c}</style></head>
<body><main><h1>Getting the training authority ready</h1>
<p>Its schools are real and its people are invented. This happens once and takes under a minute.</p>
<p><progress max="100" value="${percent}" aria-label="Progress">${percent}%</progress></p>
<p>${percent}%: ${doing}</p><p>This page tries again by itself.</p></main></body></html>`
}

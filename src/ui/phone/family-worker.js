// What a browser keeps of this site, and only where a family has asked for it: docs/decisions/0015.
// With a connection it does nothing. Without one it shows the page that was kept, if one was.
const KEPT = 'family-kept'

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => keptPage(url.pathname)))
  else if (url.pathname.startsWith('/assets/'))
    event.respondWith(
      fetch(request).catch(async () => (await (await caches.open(KEPT)).match(request)) ?? Response.error()),
    )
})

async function keptPage(path) {
  const kept = await caches.open(KEPT)
  return (await kept.match(path)) ?? (await kept.match('/family')) ?? nothingKept()
}

const nothingKept = () =>
  new Response(
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>You are offline</title><h1>You are offline</h1><p>This page is not kept on this phone. Try again when you have a connection.</p></html>',
    {
      status: 503,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'",
        'cache-control': 'no-store',
      },
    },
  )

import { runServe } from '../src/cli/serve.ts'

// The real server, bundled by itself: the drill starts this program, kills it and starts it again.
process.exitCode = await runServe(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  today: '2026-03-02',
})

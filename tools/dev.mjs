import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { buildOptions, writeOutput } from './build.mjs'
import { distDir, root, say } from './paths.mjs'
import { childEnvironment, pinnedNode } from './pinned-node.mjs'

/** Rebuilds on each change and starts the server again on what was built. */
export async function dev(args) {
  const esbuild = await import('esbuild')
  let server = null
  let isStopping = false

  const stopServer = async () => {
    const child = server
    server = null
    if (child === null || child.exitCode !== null) return
    const exited = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await exited
  }

  const startServer = () => {
    const child = spawn(pinnedNode(), ['--enable-source-maps', join(distDir, 'cli.js'), 'serve', ...args], {
      cwd: root,
      env: childEnvironment(),
      stdio: 'inherit',
    })
    child.once('exit', (code) => {
      if (child === server && !isStopping) say(`the server stopped (exit code ${code}); waiting for a change`)
    })
    server = child
  }

  const restartAfterBuild = {
    name: 'restart-after-build',
    setup(build) {
      build.onEnd(async ({ errors, outputFiles }) => {
        if (isStopping) return
        if (errors.length > 0) {
          const shown = await esbuild.formatMessages(errors, { kind: 'error', color: process.stderr.isTTY })
          for (const message of shown) process.stderr.write(message)
          return
        }
        writeOutput(outputFiles)
        await stopServer()
        startServer()
        say('built; server started')
      })
    },
  }

  const context = await esbuild.context({ ...buildOptions(), plugins: [restartAfterBuild] })
  await context.watch()
  return new Promise((resolve) => {
    const stop = async () => {
      if (isStopping) return
      isStopping = true
      await stopServer()
      await context.dispose()
      resolve(0)
    }
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
  })
}

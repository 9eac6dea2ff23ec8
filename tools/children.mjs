import { spawn } from 'node:child_process'
import { constants } from 'node:os'

const codeOf = (code, signal) => code ?? 128 + (constants.signals[signal] ?? 0)

/**
 * npm runs us in a shell and, told to stop, ends that shell only. Without this a server would live on unseen
 * after its `npm start` was ended.
 */
function whenNpmEnds(stop) {
  if (!process.env.npm_execpath) return () => {}
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid !== parent) stop()
  }, 500)
  return () => clearInterval(timer)
}

/** Runs a program with this terminal as its own; passes stop signals on; gives its exit code. */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', ...options })
    const forward = (signal) => child.kill(signal)
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of signals) process.on(signal, forward)
    const stopWatching = whenNpmEnds(() => forward('SIGTERM'))
    const done = () => {
      stopWatching()
      for (const signal of signals) process.off(signal, forward)
    }
    child.once('error', (error) => {
      done()
      reject(error)
    })
    child.once('exit', (code, signal) => {
      done()
      resolve(codeOf(code, signal))
    })
  })
}

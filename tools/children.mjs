import { spawn } from 'node:child_process'
import { constants } from 'node:os'

const codeOf = (code, signal) => code ?? 128 + (constants.signals[signal] ?? 0)

/** Runs a program with this terminal as its own; passes stop signals on; gives its exit code. */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', ...options })
    const forward = (signal) => child.kill(signal)
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of signals) process.on(signal, forward)
    const done = () => {
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

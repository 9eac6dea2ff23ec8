import { EmbeddedDatabase } from './embedded-database.ts'
import type { Engine } from './engine.ts'
import { FolderInUse } from './folder-lock.ts'
import { GuestDatabase } from './guest.ts'

export interface EngineOptions {
  readonly folder: string
  /** When another live process has the folder, take turns with it instead of being refused. */
  readonly share?: boolean | undefined
  /** Told when it is shared, with the process that has it. */
  readonly onHeldBy?: ((pid: number) => void) | undefined
}

/** A holder that has just taken the lock is not listening yet, and one that is stopping listens no more. */
const PATIENCE = 10_000

/** @throws FolderInUse when another live process holds the folder, and it is not to be shared or does not answer. */
export async function openEngine({ folder, share, onHeldBy }: EngineOptions): Promise<Engine> {
  const until = performance.now() + PATIENCE
  for (;;) {
    try {
      return await EmbeddedDatabase.open(folder)
    } catch (error) {
      if (!(error instanceof FolderInUse) || !share) throw error
      const left = until - performance.now()
      if (left <= 0) throw error
      const guest = await GuestDatabase.open(folder, error.pid, left)
      if (guest) {
        onHeldBy?.(error.pid)
        return guest
      }
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

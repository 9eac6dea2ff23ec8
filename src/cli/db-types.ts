import { writeFile } from 'node:fs/promises'
import { connect } from '../db/connection.ts'
import { generateTypes } from '../db/generate-types.ts'
import { migrate } from '../db/migrate.ts'
import { EXIT, type Io } from './io.ts'

/** `npm run db:types`: writes `src/db/types.ts` from the migrations. */
export async function runDbTypes(_args: string[], io: Io): Promise<number> {
  const db = connect({ engine: 'embedded', folder: 'memory' })
  try {
    await migrate(db)
    await writeFile('src/db/types.ts', await generateTypes(db))
    io.stdout.write('Wrote src/db/types.ts\n')
    return EXIT.done
  } finally {
    await db.destroy()
  }
}

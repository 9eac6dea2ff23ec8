import { createHash } from 'node:crypto'
import { type Answer, type Context, type Route, viewerOf } from '../../../platform/routes.ts'
import { DocumentLinks } from '../../../ui/documents/index.ts'
import { dayInWords } from '../../../ui/parts/index.ts'
import { askedBy, isUuid, ourSettings, settingAccess } from '../the-setting/index.ts'
import { TasksPage } from './page.tsx'
import { findTasks, TASK_KINDS, type TaskKind } from './tasks.ts'

const isKind = (text: string | undefined): text is TaskKind => Object.hasOwn(TASK_KINDS, text ?? '')

async function tasks(context: Context): Promise<Answer> {
  const read = await context.read('tasks of a setting', async (trx, saw) => {
    const found = await findTasks(trx, askedBy(context))
    saw(found.childIds)
    return { ...found, settings: await ourSettings(trx) }
  })
  const only = context.query['kind']
  return {
    page: {
      title: 'Our tasks',
      wide: true,
      main: (
        <TasksPage
          name={viewerOf(context).name}
          settings={read.settings}
          tasks={read.tasks}
          only={isKind(only) ? only : null}
        />
      ),
    },
  }
}

/** A letter the council sent the setting about a child it reaches, as it was sent. */
async function letter(context: Context): Promise<Answer> {
  const { id } = context.params
  if (!isUuid(id)) return { missing: true }
  const found = await context.read('letter to a setting', async (trx, saw) => {
    const row = await trx
      .selectFrom('document')
      .select(['child_id', 'title', 'body', 'sha256', 'sent_on'])
      .where('id', '=', id)
      .executeTakeFirst()
    if (row) saw(row.child_id)
    return row
  })
  if (!found) return { missing: true }
  const body = found.body ?? ''
  // Our own renderer wrote it, escaped; the hash shows that nobody has changed it since.
  const isAsSent = found.sha256 !== null && createHash('sha256').update(body).digest('hex') === found.sha256
  return {
    page: {
      title: found.title,
      backLink: { href: '/setting', text: 'Our tasks' },
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <p class="govuk-body govuk-!-display-none-print">
              {found.sent_on ? `Sent on ${dayInWords(found.sent_on)}. ` : ''}Use your browser’s Print to print
              it, or download it.
            </p>
            {isAsSent ? <DocumentLinks base={`/setting/letters/${id}/letter`} what="the letter" /> : null}
            {isAsSent ? (
              <div dangerouslySetInnerHTML={{ __html: body }} />
            ) : (
              <p class="govuk-body">
                This letter is not as it was when it was sent, so it is not shown. Ask the council for a copy.
              </p>
            )}
          </div>
        </div>
      ),
    },
  }
}

export const routes: readonly Route[] = [
  { method: 'GET', url: '/setting', access: settingAccess, touches: 'children', handle: tasks },
  { method: 'GET', url: '/setting/letters/:id', access: settingAccess, touches: 'children', handle: letter },
]

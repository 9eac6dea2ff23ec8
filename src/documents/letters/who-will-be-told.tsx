import type { JSX } from 'preact'
import { GovukWarningText } from '../../ui/govuk/index.ts'
import { HOW_SENT } from './kinds.ts'
import type { Recipients } from './recipients.ts'

/** Who will have a letter and where it goes, shown before it is sent: the child, the person and the address are from the record. */
export function WhoWillBeTold({
  recipients,
  childName,
}: {
  readonly recipients: Recipients
  readonly childName: string
}): JSX.Element {
  return (
    <section aria-labelledby="who-will-be-told">
      <h2 class="govuk-heading-m" id="who-will-be-told">
        Letters about {childName} that will be kept as sent
      </h2>
      {recipients.problem ? <GovukWarningText text={recipients.problem} iconFallbackText="Warning" /> : null}
      <ul class="govuk-list govuk-list--bullet">
        {recipients.to.map((one) => (
          <li>
            <strong>{one.addressee.name}</strong>: {one.to}
            {one.how === null ? '' : ` (${HOW_SENT[one.how].toLowerCase()})`}
          </li>
        ))}
      </ul>
      {recipients.unreachable.length > 0 && !recipients.problem ? (
        <GovukWarningText
          text={`No address or email is recorded for ${recipients.unreachable.join(' or ')}, who has a right to this letter. Add one to the child’s record and send it to them too.`}
          iconFallbackText="Warning"
        />
      ) : null}
      {recipients.barred.length > 0 ? (
        <p class="govuk-body">Restricted, so nothing will be sent to: {recipients.barred.join(', ')}.</p>
      ) : null}
    </section>
  )
}

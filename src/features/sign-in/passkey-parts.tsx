import type { JSX } from 'preact'
import { assetUrl } from '../../ui/assets.ts'

const Script = (): JSX.Element => <script type="module" src={assetUrl('passkeys.js')} />

/** Hidden until the script finds that the browser has passkeys. */
export const PasskeySignIn = (props: {
  readonly csrfToken: string
  readonly next: string | undefined
}): JSX.Element => (
  <>
    <div hidden data-passkey="get" data-begin="/sign-in/passkey/begin">
      <h2 class="govuk-heading-m">If you have a passkey</h2>
      <form method="post" action="/sign-in/passkey">
        <input type="hidden" name="_csrf" value={props.csrfToken} />
        {props.next && <input type="hidden" name="next" value={props.next} />}
        <input type="hidden" name="credential" value="" />
        <button type="submit" class="govuk-button govuk-button--secondary">
          Sign in with a passkey
        </button>
      </form>
      <p class="govuk-body" role="status" />
    </div>
    <Script />
  </>
)

export const NewPasskey = (props: { readonly csrfToken: string }): JSX.Element => (
  <>
    <div hidden data-passkey="new" data-begin="/account/passkeys/begin">
      <form method="post" action="/account/passkeys">
        <input type="hidden" name="_csrf" value={props.csrfToken} />
        <input type="hidden" name="credential" value="" />
        <button type="submit" class="govuk-button govuk-button--secondary">
          Add a passkey on this device
        </button>
      </form>
      <p class="govuk-body" role="status" />
    </div>
    <Script />
  </>
)

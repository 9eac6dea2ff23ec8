import type { JSX } from 'preact'
import type { PageAnswer } from './routes.ts'

const words = (status: number, why?: 'form' | 'again'): { title: string; what: string; next: string } => {
  if (why === 'again') {
    return {
      title: 'Sign in again to do this',
      what: 'You signed in a while ago, and for this we need to be sure that it is still you. Nothing was recorded.',
      next: 'Open the page again: you will be asked to sign in, and then come back to it.',
    }
  }
  if (why === 'form') {
    return {
      title: 'This form could not be accepted',
      what: 'The page you sent it from is out of date, or it came from another site. Nothing was recorded.',
      next: 'Go back, reload the page and send it again. If you were signed out, sign in first.',
    }
  }
  switch (status) {
    case 401:
      return {
        title: 'Sign in to do this',
        what: 'Your session has ended, so nothing was recorded.',
        next: 'Sign in, then go back and send the form again.',
      }
    case 403:
      return {
        title: 'You cannot open this page',
        what: 'It is for other people. You are still signed in.',
        next: 'Go back, or start from the home page. If your work needs this page, ask your manager.',
      }
    case 404:
      return {
        title: 'Page not found',
        what: 'There is nothing here that you can see.',
        next: 'Check the address, or start from the home page.',
      }
    case 413:
      return {
        title: 'That is too large',
        what: 'What you sent is larger than we can take in one go. Nothing was recorded.',
        next: 'Send it in smaller parts.',
      }
    case 429:
      return {
        title: 'Too many tries',
        what: 'You have asked for this many times in a short while.',
        next: 'Wait a few minutes and try again.',
      }
    case 503:
      return {
        title: 'The record is not available for the moment',
        what: 'We could not reach the database. If you sent a form, check whether it was recorded before you send it again.',
        next: 'Try again in a minute.',
      }
    default:
      return status >= 500
        ? {
            title: 'Sorry, there is a problem with the service',
            what: 'If you sent a form, check whether it was recorded before you send it again.',
            next: 'Try again later.',
          }
        : {
            title: 'That request could not be understood',
            what: 'Nothing was recorded.',
            next: 'Go back and try again.',
          }
  }
}

/** The page for a refusal or a failure: what happened, and what to do next. */
export function problemPage(status: number, requestId: string, why?: 'form' | 'again'): PageAnswer['page'] {
  const { title, what, next } = words(status, why)
  const main: JSX.Element = (
    <>
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">{what}</p>
      <p class="govuk-body">{next}</p>
      <p class="govuk-body">
        {status === 401 ? (
          <a class="govuk-link" href="/sign-in">
            Sign in
          </a>
        ) : (
          <a class="govuk-link" href="/">
            Home
          </a>
        )}
      </p>
      {status >= 500 && <p class="govuk-body-s">If you report this, quote {requestId}.</p>}
    </>
  )
  return { title, main, status }
}

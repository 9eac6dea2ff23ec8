import type { Route } from '../../../platform/routes.ts'
import { findOffice, PhoneAndEmail } from '../../family/see-where-things-are/index.ts'

/** The front page: what anybody can do here without signing in. */
const home: Route = {
  method: 'GET',
  url: '/',
  access: { who: 'anyone' },
  touches: 'nothing',
  handle: async (context) => ({
    page: {
      title: 'Special educational needs and disabilities',
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <h1 class="govuk-heading-xl">
              Help for children and young people with special educational needs and disabilities
            </h1>
            <p class="govuk-body-l">
              When you ask the council to assess a child’s education, health and care needs, the law sets
              dates by which the council must answer.
            </p>
            <h2 class="govuk-heading-m">
              <a class="govuk-link" href="/work-out-a-date">
                Work out a date
              </a>
            </h2>
            <p class="govuk-body">
              Tell us the day something happened and see what must happen next, by when, and which law says
              so. You do not need to sign in, and nothing you type is kept.
            </p>
            {context.viewer ? (
              <p class="govuk-body">
                You are signed in as {context.viewer.name}.{' '}
                <a class="govuk-link" href={`/${context.viewer.door}`}>
                  Go to your pages
                </a>
              </p>
            ) : (
              <>
                <h2 class="govuk-heading-m">
                  <a class="govuk-link" href="/sign-in">
                    Sign in
                  </a>
                </h2>
                <p class="govuk-body">For families, schools, professionals and council staff.</p>
              </>
            )}
          </div>
        </div>
      ),
    },
  }),
}

const words = (url: string, title: string, paragraphs: readonly string[]): Route => ({
  method: 'GET',
  url,
  access: { who: 'anyone' },
  touches: 'nothing',
  handle: async () => ({
    page: {
      title,
      main: (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            <h1 class="govuk-heading-xl">{title}</h1>
            {paragraphs.map((text) => (
              <p class="govuk-body">{text}</p>
            ))}
          </div>
        </div>
      ),
    },
  }),
})

/** Whom to ring or write to, without looking for a letter: the numbers the authority has entered. */
const contact: Route = {
  method: 'GET',
  url: '/contact',
  access: { who: 'anyone' },
  touches: 'nothing',
  handle: async (context) => {
    const office = await context.read('how to reach us', (trx) => findOffice(trx, context.today))
    return {
      page: {
        title: 'Contact us',
        main: (
          <div class="govuk-grid-row">
            <div class="govuk-grid-column-two-thirds">
              <h1 class="govuk-heading-xl">Contact us</h1>
              <h2 class="govuk-heading-m">The council’s SEND office</h2>
              <p class="govuk-body">
                For a child’s case, ask for the coordinator named on your letters.
                {!office.phone && !office.email && ' Our address and phone number are on every letter.'}
              </p>
              <PhoneAndEmail reach={office} />
              <h2 class="govuk-heading-m">Free help that is not from the council’s casework team</h2>
              <p class="govuk-body">
                {office.freeHelp
                  ? `${office.freeHelp.name} works for families.`
                  : 'Ask for your local information, advice and support service (SENDIASS).'}
              </p>
              {office.freeHelp && <PhoneAndEmail reach={office.freeHelp} />}
              <h2 class="govuk-heading-m">If you are not happy</h2>
              <p class="govuk-body">
                If you are not happy with what the council has done, you can complain to the council. If you
                are not happy with its answer, you can go to the{' '}
                <a class="govuk-link" href="https://www.lgo.org.uk/make-a-complaint">
                  Local Government and Social Care Ombudsman
                </a>
                .
              </p>
            </div>
          </div>
        ),
      },
    }
  },
}

/** The name of the service leads to the first page behind each door. */
const doorway = (url: string, to: string): Route => ({
  method: 'GET',
  url,
  access: { who: 'signed-in' },
  touches: 'nothing',
  handle: async () => ({ redirect: to }),
})

export const routes: readonly Route[] = [
  home,
  doorway('/staff', '/staff/worklist'),
  doorway('/board', '/board/timeliness'),
  doorway('/professional', '/professional/advice'),
  contact,
  words('/open-source', 'Open source', [
    'This service is open source, under the MIT licence. Anyone may read how it works out a date, check it against the law, use it or improve it.',
    'Schools and postcodes come from open government data: contains public sector information licensed under the Open Government Licence v3.0; contains OS data © Crown copyright and database right; contains Royal Mail data © Royal Mail copyright and database right.',
  ]),
  words('/accessibility', 'Accessibility statement', [
    'Every page is built to the Web Content Accessibility Guidelines 2.2, level AA. Pages work without scripts, with a keyboard, at 320 pixels wide and at 400% zoom.',
    'Each page is checked by automatic tests (axe) before it is released. Tests by people who use screen readers have not been done yet; this page will say when they have.',
    'If you find something you cannot use, tell the council and say which page it was. You can ask for any information here in another form.',
  ]),
  words('/privacy', 'Privacy', [
    'The council holds this record to carry out its duties under Part 3 of the Children and Families Act 2014. The council is the data controller.',
    'Every time somebody looks at a child’s record, the system writes down who looked, when, and in what capacity. You can ask to see that list.',
    'The site uses one cookie while you sign in, and one to keep you signed in. Both go when you sign out or close the browser. One more remembers, for 15 minutes at most, the page you were going to. If you write a request before you have an account, one finds it again for 28 days. None of them holds anything about you. It uses nothing that follows you, and nothing from other companies.',
  ]),
]

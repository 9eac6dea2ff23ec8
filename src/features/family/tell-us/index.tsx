/** Tell us: for each of the family's children, the ways to say something. */
import { type Route, viewerOf } from '../../../platform/routes.ts'
import { family, findMyChildren } from '../my-child/index.ts'

export const routes: readonly Route[] = [
  {
    method: 'GET',
    url: '/family/tell-us',
    access: family,
    touches: 'children',
    handle: async (context) => {
      const children = await context.read('ways to tell us something', async (trx, saw) => {
        const found = await findMyChildren(trx)
        saw(found.map((child) => child.id))
        return found
      })
      const isYoung = viewerOf(context).role === 'young-person'
      return {
        page: {
          title: 'Tell us',
          main: (
            <div class="govuk-grid-row">
              <div class="govuk-grid-column-two-thirds">
                <h1 class="govuk-heading-xl">Tell us</h1>
                {children.length === 0 && (
                  <p class="govuk-body">
                    No child is on your account yet. If you have sent a request, we check who you are first.
                  </p>
                )}
                {children.map((child) => (
                  <section key={child.id} class="govuk-!-margin-bottom-7">
                    <h2 class="govuk-heading-m">{child.name}</h2>
                    <ul class="govuk-list app-family-links">
                      {(
                        [
                          ['views', isYoung ? 'Say what you want' : 'Give your views'],
                          ['draft', 'Say what you think of the draft plan'],
                          ['messages', 'Ask us something'],
                        ] as const
                      ).map(([page, words]) => (
                        <li key={page}>
                          <a class="govuk-link" href={`/family/children/${child.id}/${page}`}>
                            {words}
                            <span class="govuk-visually-hidden"> ({child.name})</span>
                          </a>
                        </li>
                      ))}
                    </ul>
                  </section>
                ))}
                <p class="govuk-body">
                  <a class="govuk-link" href="/ask-for-an-assessment">
                    Ask for an assessment
                  </a>
                </p>
              </div>
            </div>
          ),
        },
      }
    },
  },
]

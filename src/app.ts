import { createHash, randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Database } from './db/connection.ts'
import { accessRoutes } from './features/access/access.ts'
import { routes as enterContactPointsRoutes } from './features/administration/enter-contact-points/index.ts'
import { giveTermDatesRoutes } from './features/administration/give-term-dates/index.ts'
import { routes as keepAccountsRoutes } from './features/administration/keep-accounts/index.ts'
import { routes as planTemplateRoutes } from './features/administration/keep-plan-templates/index.ts'
import { routes as messageTemplateRoutes } from './features/administration/message-templates/index.ts'
import { moveTrainingTimeRoutes } from './features/administration/move-training-time/index.ts'
import { routes as nameLocalitiesRoutes } from './features/administration/name-localities/index.ts'
import { routes as outboxRoutes } from './features/administration/see-the-outbox/index.ts'
import { setAReadingRoutes } from './features/administration/set-a-reading/index.ts'
import { routes as setUpRoutes } from './features/administration/set-up-the-authority/index.ts'
import { routes as assignACaseRoutes } from './features/assessment/assign-a-case/index.ts'
import { routes as casePageRoutes } from './features/assessment/case-page/index.ts'
import { caseworkRoutes } from './features/assessment/casework.ts'
import { routes as readAdviceRoutes } from './features/assessment/read-advice/index.ts'
import { routes as recordARequestRoutes } from './features/assessment/record-a-request/index.ts'
import { routes as whyThisDateRoutes } from './features/assessment/why-this-date/index.ts'
import { routes as monthlyTableRoutes } from './features/assurance/monthly-table/index.ts'
import { routes as changeDetailsRoutes } from './features/children/change-details/index.ts'
import { routes as findAChildRoutes } from './features/children/find-a-child/index.ts'
import { routes as hearTheFamilyRoutes } from './features/families/hear-the-family/index.ts'
import { routes as askForAnAssessmentRoutes } from './features/family/ask-for-an-assessment/index.ts'
import { routes as howWeTellYouRoutes } from './features/family/choose-how-we-tell-you/index.ts'
import { routes as chooseWhoSeesRoutes } from './features/family/choose-who-sees/index.tsx'
import { routes as commentOnTheDraftRoutes } from './features/family/comment-on-the-draft/index.ts'
import { routes as giveViewsRoutes } from './features/family/give-views/index.ts'
import { routes as whereThingsAreRoutes } from './features/family/see-where-things-are/index.ts'
import { routes as whoLookedRoutes } from './features/family/see-who-looked/index.tsx'
import { routes as tellUsRoutes } from './features/family/tell-us/index.tsx'
import { routes as writeToUsRoutes } from './features/family/write-to-us/index.ts'
import { routes as readAFileRoutes } from './features/files/read-a-file/index.ts'
import { routes as acceptARequestRoutes } from './features/intake/accept-a-request/index.ts'
import { routes as printLettersRoutes } from './features/letters/print-letters/index.ts'
import { placementRoutes } from './features/placement/placement.ts'
import { routes as planTheJourneyRoutes } from './features/placement/plan-the-journey/index.ts'
import { routes as agreeThePlanRoutes } from './features/plan/agree-the-plan/index.ts'
import { routes as amendThePlanRoutes } from './features/plan/amend-the-plan/index.ts'
import { routes as keepVersionsRoutes } from './features/plan/keep-versions/index.ts'
import { routes as printThePlanRoutes } from './features/plan/print-the-plan/index.ts'
import { routes as readThePlanRoutes } from './features/plan/read-the-plan/index.ts'
import { planSharingRoutes } from './features/plan/sharing.ts'
import { routes as workOnTheDocumentRoutes } from './features/plan/work-on-the-document/index.ts'
import { planWritingRoutes } from './features/plan/writing.ts'
import { professionalRoutes } from './features/professional/professional.ts'
import { moneyRoutes } from './features/provision/money.ts'
import { routes as proveProvisionRoutes } from './features/provision/prove-provision/index.ts'
import { routes as homeRoutes } from './features/public/home/index.ts'
import { routes as workOutRoutes } from './features/public/work-out-a-date/index.ts'
import { settingDoorRoutes } from './features/setting/setting-door.ts'
import { type SendSignInMessage, signInRoutes } from './features/sign-in/index.ts'
import { routes as teamRoutes } from './features/team/index.ts'
import { routes as worklistRoutes } from './features/worklist/index.ts'
import { date, longDate } from './law/index.ts'
import type { Authority } from './platform/authority.ts'
import { type Clock, londonClock, trainingClock } from './platform/clock.ts'
import type { FileService } from './platform/files/index.ts'
import { sendSignInMessage } from './platform/messages/index.ts'
import type { Route } from './platform/routes.ts'
import { buildServer, type PageAbout } from './platform/server.ts'
import { asNobody } from './platform/sessions.ts'
import type { OpenIdProvider } from './platform/sign-in/openid.ts'
import { homeOf, navigationFor } from './portals/doors.ts'
import { renderPage } from './ui/page.tsx'
import { registerAssets } from './ui/serve-assets.ts'

export interface AppParts {
  readonly db: Database
  readonly authority: Authority
  readonly secureCookies: boolean
  /** Where the files people send are kept. */
  readonly files?: FileService
  readonly log: boolean
  /** Told of each request that failed for a reason of ours. */
  readonly onFailure?: (line: string) => void
  /** Given by tests that set their own day. */
  readonly clock?: Clock
  /** Called after the training day moves or a reading of the law is set, to compute the caches by it. */
  readonly onDayMoved?: () => void
  /** Where browsers find the site; a live authority has one. */
  readonly origin?: string | undefined
  /** The provider the staff sign in by. */
  readonly openId?: OpenIdProvider | undefined
  /** Given by tests that read what is sent; else it goes to the outbox. */
  readonly sendSignInMessage?: SendSignInMessage
}

/** Every page of the product, in the order of a newcomer's reading: each feature brings its own routes. */
export function allRoutes(parts: AppParts & { readonly clock: Clock }): readonly Route[] {
  return [
    ...homeRoutes,
    ...workOutRoutes,
    ...askForAnAssessmentRoutes({ secureCookies: parts.secureCookies }),
    ...whereThingsAreRoutes,
    ...tellUsRoutes,
    ...giveViewsRoutes,
    ...commentOnTheDraftRoutes,
    ...readThePlanRoutes,
    ...workOnTheDocumentRoutes,
    ...printThePlanRoutes,
    ...printLettersRoutes,
    ...writeToUsRoutes,
    ...chooseWhoSeesRoutes,
    ...whoLookedRoutes,
    ...readAFileRoutes,
    ...settingDoorRoutes,
    ...worklistRoutes,
    ...recordARequestRoutes,
    ...acceptARequestRoutes,
    ...casePageRoutes,
    ...keepVersionsRoutes,
    ...amendThePlanRoutes,
    ...agreeThePlanRoutes,
    ...whyThisDateRoutes,
    ...assignACaseRoutes,
    ...caseworkRoutes,
    ...hearTheFamilyRoutes,
    ...readAdviceRoutes,
    ...planWritingRoutes,
    ...planSharingRoutes,
    ...placementRoutes,
    ...professionalRoutes,
    ...proveProvisionRoutes,
    ...planTheJourneyRoutes,
    ...moneyRoutes,
    ...findAChildRoutes,
    ...changeDetailsRoutes,
    ...teamRoutes,
    ...accessRoutes,
    ...monthlyTableRoutes,
    ...howWeTellYouRoutes,
    ...outboxRoutes,
    ...messageTemplateRoutes,
    ...planTemplateRoutes,
    ...setUpRoutes,
    ...keepAccountsRoutes,
    ...nameLocalitiesRoutes,
    ...enterContactPointsRoutes,
    ...setAReadingRoutes(parts.onDayMoved ?? (() => {})),
    ...giveTermDatesRoutes(parts.onDayMoved ?? (() => {})),
    ...signInRoutes({ ...parts, homeOf, sendSignInMessage: parts.sendSignInMessage ?? toOutbox(parts) }),
    ...(parts.authority.mode === 'training'
      ? moveTrainingTimeRoutes(parts.clock, parts.onDayMoved ?? (() => {}))
      : []),
  ]
}

const toOutbox =
  (parts: AppParts & { readonly clock: Clock }): SendSignInMessage =>
  async ({ channel, to, link, code }) => {
    await asNobody(parts.db, await parts.clock.today(), (trx) =>
      sendSignInMessage(trx, {
        event: `sign-in-${randomUUID()}`,
        channel,
        address: to,
        link,
        code,
        minutes: 10,
        authorityName: parts.authority.name,
      }),
    )
  }

/** Puts the whole site together by hand. Nothing is looked up or loaded by name. */
export async function buildApp(given: AppParts): Promise<FastifyInstance> {
  const clock = given.clock ?? (given.authority.mode === 'training' ? trainingClock(given.db) : londonClock())
  const parts = { ...given, clock }
  const app = await buildServer({
    db: parts.db,
    clock,
    routes: allRoutes(parts),
    ...(parts.files ? { files: parts.files } : {}),
    secureCookies: parts.secureCookies,
    onFailure: parts.onFailure ?? (() => {}),
    hsts: parts.authority.mode === 'live',
    origin: parts.origin,
    formsMayReach: parts.openId?.origin,
    log: parts.log,
    drawPage: (page, about) => drawPage(parts.authority, page, about),
  })
  registerAssets(app)
  return app
}

function drawPage(
  authority: Authority,
  page: Parameters<Parameters<typeof buildServer>[0]['drawPage']>[0],
  about: PageAbout,
): string {
  const { viewer } = about
  return renderPage({
    title: page.title,
    door: viewer?.door ?? 'public',
    // It is about themself, and not about a child of theirs.
    serviceName: viewer?.role === 'young-person' ? 'Your support' : undefined,
    signedInAs: viewer && {
      name: viewer.name,
      role: viewer.jobTitle,
      mayChange: viewer.hasOtherCapacities === true,
    },
    csrfToken: viewer?.csrfToken,
    person: viewer && createHash('sha256').update(`person ${viewer.accountId}`).digest('hex').slice(0, 16),
    navigation: navigationFor(viewer, about.url),
    training:
      authority.mode === 'training'
        ? {
            today: longDate(date(about.today)),
            moveTimeHref: viewer?.door === 'staff' ? '/training/move-time' : undefined,
          }
        : undefined,
    backLink: page.backLink,
    nonce: about.nonce,
    wide: page.wide,
    errors: page.hasErrors,
    authorityName: authority.name,
    notice: about.notice,
    main: page.main,
  })
}

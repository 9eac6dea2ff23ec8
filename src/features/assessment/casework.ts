/** Everything a caseworker does on an assessment, in the order a case goes. */
import type { Route } from '../../platform/routes.ts'
import { routes as askForAdvice } from './ask-for-advice/index.tsx'
import { routes as chaseAdvice } from './chase-advice/index.tsx'
import { routes as exceptions } from './claim-an-exception/index.ts'
import { routes as closeTheCase } from './close-the-case/index.tsx'
import { routes as consultSettings } from './consult-settings/index.tsx'
import { routes as correctAFact } from './correct-a-fact/index.tsx'
import { routes as decideWhetherToAssess } from './decide-whether-to-assess/index.tsx'
import { routes as decideWhetherToIssue } from './decide-whether-to-issue/index.tsx'
import { routes as readALetter } from './read-a-letter/index.tsx'
import { routes as recordAdvice } from './record-advice/index.tsx'
import { routes as recordRepresentations } from './record-representations/index.tsx'
import { routes as sendTheDraft } from './send-the-draft/index.tsx'
import { routes as sendTheFinalPlan } from './send-the-final-plan/index.tsx'
import { routes as writeANote } from './write-a-note/index.tsx'

export const caseworkRoutes: readonly Route[] = [
  ...decideWhetherToAssess,
  ...askForAdvice,
  ...recordAdvice,
  ...chaseAdvice,
  ...exceptions,
  ...decideWhetherToIssue,
  ...sendTheDraft,
  ...recordRepresentations,
  ...consultSettings,
  ...sendTheFinalPlan,
  ...closeTheCase,
  ...correctAFact,
  ...writeANote,
  ...readALetter,
]

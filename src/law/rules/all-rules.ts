/** Every rule of the statutory timetable, in the order of a case. */

import { adviceGatheringRules } from './advice-gathering.ts'
import { alternativeProvisionRules } from './alternative-provision.ts'
import { amendmentRules } from './amendment.ts'
import { annualReviewInSettingRules } from './annual-review-in-setting.ts'
import { annualReviewNotInSettingRules } from './annual-review-not-in-setting.ts'
import { appealRules } from './appeal.ts'
import { ceasingRules } from './ceasing.ts'
import { complaintsRules } from './complaints.ts'
import { consultationWithSettingsRules } from './consultation-with-settings.ts'
import { decisionNotToIssueRules } from './decision-not-to-issue.ts'
import { detainedPersonsRules } from './detained-persons.ts'
import { disclosureRules } from './disclosure.ts'
import { draftPlanRules } from './draft-plan.ts'
import { earlyAndSpecialReviewsRules } from './early-and-special-reviews.ts'
import { finalPlanRules } from './final-plan.ts'
import { localTargetRules } from './local-targets.ts'
import { mediationRules } from './mediation.ts'
import { moveBetweenAuthoritiesRules } from './move-between-authorities.ts'
import { personalBudgetRules } from './personal-budget.ts'
import { phaseTransferRules } from './phase-transfer.ts'
import { reAssessmentRules } from './re-assessment.ts'
import { requestAndDecisionToAssessRules } from './request-and-decision-to-assess.ts'
import type { Rule } from './rule.ts'
import { tribunalOrderComplianceRules } from './tribunal-order-compliance.ts'
import { tribunalRecommendationsRules } from './tribunal-recommendations.ts'
import { unopposedAppealRules } from './unopposed-appeal.ts'

/** Law, guidance and arithmetic from the law. */
export const RULES: readonly Rule[] = [
  ...requestAndDecisionToAssessRules,
  ...adviceGatheringRules,
  ...decisionNotToIssueRules,
  ...draftPlanRules,
  ...consultationWithSettingsRules,
  ...finalPlanRules,
  ...annualReviewInSettingRules,
  ...annualReviewNotInSettingRules,
  ...amendmentRules,
  ...phaseTransferRules,
  ...earlyAndSpecialReviewsRules,
  ...reAssessmentRules,
  ...moveBetweenAuthoritiesRules,
  ...ceasingRules,
  ...mediationRules,
  ...appealRules,
  ...tribunalOrderComplianceRules,
  ...unopposedAppealRules,
  ...tribunalRecommendationsRules,
  ...personalBudgetRules,
  ...disclosureRules,
  ...alternativeProvisionRules,
  ...complaintsRules,
  ...detainedPersonsRules,
]

/** The rules and the local targets. */
export const ALL_RULES: readonly Rule[] = [...RULES, ...localTargetRules]

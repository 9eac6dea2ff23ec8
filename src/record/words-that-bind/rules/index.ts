/** All the rules, in the order in which their marks are told. */
import type { Rule } from '../rule.ts'
import * as empty from './empty-words.ts'
import * as missing from './missing-parts.ts'
import * as out from './ways-out.ts'
import * as place from './wrong-place.ts'

export const WORD_RULES: readonly Rule[] = [
  empty.accessTo,
  empty.opportunitiesFor,
  empty.regular,
  out.asRequired,
  out.upTo,
  out.wouldBenefit,
  out.wherePossible,
  out.mayOrShould,
  empty.levelOfSupport,
  empty.smallGroup,
  missing.missingQuantity,
  missing.missingDeliverer,
  empty.unexplainedProgramme,
  empty.inputFrom,
  place.outcomeAsProvision,
  place.provisionInNeeds,
  place.educatingHealthProvision,
  empty.asAdvised,
  empty.continueTo,
  empty.monitor,
  empty.vagueSetting,
  out.leftToLater,
  out.openList,
]

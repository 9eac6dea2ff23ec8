/** Everything behind the setting's door, and what staff do with what comes from it, in the order people meet it. */
import type { Route } from '../../platform/routes.ts'
import { routes as answerAConsultation } from './answer-a-consultation/index.ts'
import { routes as askASpecialist } from './ask-a-specialist/index.ts'
import { routes as askForAnAssessment } from './ask-for-an-assessment/index.ts'
import { routes as giveSchoolAdvice } from './give-school-advice/index.ts'
import { routes as keepOurPeople } from './keep-our-people/index.ts'
import { routes as noticeAYoungChild } from './notice-a-young-child/index.ts'
import { routes as seeOurPupils } from './see-our-pupils/index.ts'
import { routes as seeOurTasks } from './see-our-tasks/index.ts'
import { routes as supportAPupil } from './support-a-pupil/index.ts'

export const settingDoorRoutes: readonly Route[] = [
  ...seeOurTasks,
  ...seeOurPupils,
  ...answerAConsultation,
  ...giveSchoolAdvice,
  ...supportAPupil,
  ...askASpecialist,
  ...askForAnAssessment,
  ...keepOurPeople,
  ...noticeAYoungChild,
]

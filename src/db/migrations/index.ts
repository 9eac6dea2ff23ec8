import theRecord from './0001_the_record.sql'
import whoMaySee from './0002_who_may_see.sql'
import whatTheSealsCover from './0003_what_the_seals_cover.sql'
import workLists from './0004_work_lists.sql'
import ownRecord from './0005_own_record.sql'
import closingTheWall from './0006_closing_the_wall.sql'
import claimants from './0007_claimants.sql'
import plansInForce from './0008_plans_in_force.sql'
import reachThatEnds from './0009_reach_that_ends.sql'
import everyDoor from './0010_every_door.sql'
import signIn from './0011_sign_in.sql'
import messages from './0012_messages.sql'
import files from './0013_files.sql'
import familyWords from './0014_family_words.sql'
import settingDoor from './0015_setting_door.sql'
import advice from './0016_advice.sql'
import accessPages from './0017_access_pages.sql'
import tracker from './0018_tracker.sql'
import secondLook from './0019_second_look.sql'
import authority from './0020_authority.sql'
import quickReach from './0021_quick_reach.sql'
import adviserFiles from './0022_adviser_files.sql'
import toldToUs from './0023_told_to_us.sql'
import pupilKnown from './0024_pupil_known.sql'
import thirdLook from './0025_third_look.sql'
import thePlan from './0026_the_plan.sql'
import settingsAndNaming from './0027_settings_and_naming.sql'
import provisionProof from './0028_provision_proof.sql'
import moneyAndJourneys from './0029_money_and_journeys.sql'
import workingDocument from './0030_working_document.sql'
import lettersToPost from './0031_letters_to_post.sql'
import agreeingAndSending from './0032_agreeing_and_sending.sql'
import talkAboutThePlan from './0033_talk_about_the_plan.sql'
import closingThePlan from './0034_closing_the_plan.sql'
import attacked from './0035_attacked.sql'

export interface Migration {
  readonly id: number
  readonly name: string
  readonly sql: string
}

/** Forward only, in order. A migration that has been released is never edited: add another. */
export const migrations: readonly Migration[] = [
  { id: 1, name: 'the_record', sql: theRecord },
  { id: 2, name: 'who_may_see', sql: whoMaySee },
  { id: 3, name: 'what_the_seals_cover', sql: whatTheSealsCover },
  { id: 4, name: 'work_lists', sql: workLists },
  { id: 5, name: 'own_record', sql: ownRecord },
  { id: 6, name: 'closing_the_wall', sql: closingTheWall },
  { id: 7, name: 'claimants', sql: claimants },
  { id: 8, name: 'plans_in_force', sql: plansInForce },
  { id: 9, name: 'reach_that_ends', sql: reachThatEnds },
  { id: 10, name: 'every_door', sql: everyDoor },
  { id: 11, name: 'sign_in', sql: signIn },
  { id: 12, name: 'messages', sql: messages },
  { id: 13, name: 'files', sql: files },
  { id: 14, name: 'family_words', sql: familyWords },
  { id: 15, name: 'setting_door', sql: settingDoor },
  { id: 16, name: 'advice', sql: advice },
  { id: 17, name: 'access_pages', sql: accessPages },
  { id: 18, name: 'tracker', sql: tracker },
  { id: 19, name: 'second_look', sql: secondLook },
  { id: 20, name: 'authority', sql: authority },
  { id: 21, name: 'quick_reach', sql: quickReach },
  { id: 22, name: 'adviser_files', sql: adviserFiles },
  { id: 23, name: 'told_to_us', sql: toldToUs },
  { id: 24, name: 'pupil_known', sql: pupilKnown },
  { id: 25, name: 'third_look', sql: thirdLook },
  { id: 26, name: 'the_plan', sql: thePlan },
  { id: 27, name: 'settings_and_naming', sql: settingsAndNaming },
  { id: 28, name: 'provision_proof', sql: provisionProof },
  { id: 29, name: 'money_and_journeys', sql: moneyAndJourneys },
  { id: 30, name: 'working_document', sql: workingDocument },
  { id: 31, name: 'letters_to_post', sql: lettersToPost },
  { id: 32, name: 'agreeing_and_sending', sql: agreeingAndSending },
  { id: 33, name: 'talk_about_the_plan', sql: talkAboutThePlan },
  { id: 34, name: 'closing_the_plan', sql: closingThePlan },
  { id: 35, name: 'attacked', sql: attacked },
]

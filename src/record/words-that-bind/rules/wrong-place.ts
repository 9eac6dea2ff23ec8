/** Words in the wrong section, where the duty that belongs to them is lost. */
import { HEALTH_AND_CARE_PLACES, NEEDS_PLACES, OUTCOME_PLACES, type Rule, stretches } from '../rule.ts'

const SERVICE =
  '(?:support|sessions?|therap(?:y|ies|ist)|teaching|tuition|interventions?|programmes?|group|input|lessons|mentor(?:ing)?|counselling|provision|help from|strategies|equipment|training|assistant|teacher|short breaks)'
const STAFF =
  '(?:staff|adults|teachers?|the school|school|(?:an? |the )?(?:[\\w-]+ ){0,4}(?:therapist|teacher|psychologist|assistant|nurse|senco|mentor|worker|practitioner|specialist|team|service|council|authority|parents))'

export const outcomeAsProvision: Rule = {
  id: 'outcome-as-provision',
  finds: 'an outcome that says what is given and not what changes',
  places: OUTCOME_PLACES,
  why: 'An outcome is the difference made to the child. A service written as an outcome is neither measured as an outcome nor enforceable as provision.',
  law: ['code966', 'regulation12'],
  better:
    'Say what the child will be able to do, by when and how it will be known; move the service to section F.',
  bad: ['Sam will receive speech and language therapy every week.', 'Staff will use visual timetables.'],
  good: [
    'By the end of year 6 Sam will ask for help, with words or a card, on four occasions out of five.',
    'With support from one adult, Sam will cross the road at a crossing by July 2027.',
  ],
  find: (statement) =>
    stretches(
      statement,
      /\b(?:will|to|should|must|shall)(?: also| continue to)* (?:have (?:\w+ )?access|access (?:a|an|the|to|support|specialist|sensory|therapy)|receive|be (?:given|offered|provided|supported|taught|helped|encouraged|monitored|seen|referred|assessed|placed|educated|shown))\b/gi,
      new RegExp(
        `\\b(?:will|to|should|must|shall)(?: \\w+ly)? (?:attend|engage (?:in|with)|participate in|take part in|work with|have|benefit from|complete|undertake|follow)\\b[^.;,]{0,50}?\\b${SERVICE}\\b`,
        'gi',
      ),
      new RegExp(`^(?:${STAFF}) (?:will|to|should|must|shall)\\b`, 'gi'),
    ),
}

export const provisionInNeeds: Rule = {
  id: 'provision-in-needs',
  finds: 'provision among the needs',
  places: NEEDS_PLACES,
  why: 'Only what stands in F, G or H must be secured. Provision hidden among the needs can be enforced by nobody.',
  law: ['regulation12', 'act42'],
  better: 'Leave the need here, by its effect on the child; set the provision out in section F (or G or H).',
  bad: ['Sam requires 1:1 support from a teaching assistant.', 'He should be given extra time in tests.'],
  good: [
    'Sam finds it hard to follow instructions of more than two parts.',
    'Sam needs more time than other children to understand what is said to him.',
  ],
  find: (statement) =>
    stretches(
      statement,
      /\b(?:should|must|ought to|shall)\b(?! (?:have|not have)? ?been)/gi,
      /\bwould (?:\w+ )?benefit\b|\b(?:is|are) to (?:have|receive|be given)\b|\bto be (?:arranged|provided|put in place|given|offered)\b/gi,
      /\b(?:will|needs? to|requires? to|would need to) (?:\w+ )?(?:receive|have|get|be (?:given|provided|offered|taught|placed|supported|trained|seen|referred|put|shown|arranged|encouraged))\b/gi,
      new RegExp(`\\b(?:requires?|needs?)(?: (?!to\\b|more time)[\\w:,/-]+){0,5}? ${SERVICE}\\b`, 'gi'),
      /\brequires (?:[\w:]+ ){0,3}(?:monitoring|supervision|physiotherapy|care plan)\b/gi,
      /\b(?:requires?|needs?) (?:\w+ )?access to\b|\b(?:requires?|needs?) (?:an? )?(?:[\w-]+ ){0,3}(?:environment|setting|placement|curriculum|visual timetable|approach|laptop|safe space|quiet (?:room|space))\b/gi,
      new RegExp(`(?:^|[,;] (?:and|so) )(?:${STAFF}) (?:will|need to|needs to|are to|to)\\b`, 'gi'),
    ),
}

export const educatingHealthProvision: Rule = {
  id: 'educating-health-provision',
  finds: 'health or care provision that educates or trains',
  places: HEALTH_AND_CARE_PLACES,
  why: 'Provision that educates or trains is special educational provision, whoever gives it. In G or H the family loses the right of appeal and the duty on the authority.',
  law: ['act21', 'code969'],
  better: 'Move it to section F, with amount and person. The health body may still give it.',
  bad: [
    'The practitioner will teach Sam strategies to manage anxiety, 50 minutes weekly for 12 weeks.',
    'A support worker will train Sam to use the bus for two hours each week.',
  ],
  good: [
    "A children's community nurse will give Sam his feed at 12.30 on each school day.",
    'A trained healthcare assistant will stay within sight of Sam at all times.',
  ],
  find: (statement, reading) =>
    reading.isProvision
      ? stretches(
          statement,
          /\b(?:teach(?:es|ing)?|educat(?:e|es|ing)|coach(?:es|ing)?|psycho-?education)\b(?! assistant)/gi,
          /\b(?:to|will|would|should|must) train\b|\b(?:be|staff) trained\b|\b(?:travel |independence |skills? |staff )?training\b/gi,
          /\bspeech (?:and|&) language therap\w*|\bsalt\b/gi,
          /\blearn(?:s|ing)? (?:to|how|about)\b|\bstrateg(?:y|ies) (?:to|for)\b|\b(?:life|social|coping|independence|handwriting|communication|self-help|motor) skills\b/gi,
          /\bdevelop(?:ing|s)? (?:his|her|their|the|[A-Z]\w+'s) (?:[\w-]+ ){0,3}?(?:skills|use|understanding|speech|language|communication|handwriting|independence|ability|confidence)\b/g,
        )
      : [],
}

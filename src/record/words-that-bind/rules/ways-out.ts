/** Words that leave a way out. They are marked even where the rest is counted, because they undo the count. */
import { PROVISION_PLACES, type Rule, stretches, wayOut } from '../rule.ts'

const AMOUNT =
  '(?:\\d+(?:[.,]\\d+)?|[½¼¾]|an?|half|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty)'
const UNIT =
  '(?:-| )?(?:[½¼¾] ?)?(?:an? )?(?:\\w+ )?(?:minutes?|mins?|hours?|hrs?|sessions?|visits?|days?|nights?|times|weeks?|lessons|meetings|appointments|blocks|terms?)\\b'

export const upTo: Rule = {
  id: 'up-to',
  finds: 'a ceiling or a guess where a fixed amount should stand',
  places: PROVISION_PLACES,
  why: 'A ceiling is met by giving nothing. It limits what the child may have and secures none of it.',
  law: ['act42', 'clarke', 'code969'],
  better: 'Give the amount itself, or a floor: "at least 2 hours each week".',
  bad: ['Up to 2 hours per week of support from a teaching assistant.', 'No more than three visits a year.'],
  good: [
    'At least 2 hours per week of support from a teaching assistant.',
    'A group of up to six pupils, taught by a qualified teacher for 50 minutes a day.',
    'From 5 September 2026 up to 18 December 2026 a mentor will meet Sam every morning.',
  ],
  find: (statement, reading) =>
    wayOut(
      new RegExp(
        `\\b(?:up to|(?:to )?a maximum of|maximum|max\\.?|no more than|not more than|not exceeding|at most|in the region of|on average|an average of|(?<!\\b(?:no|not) )(?:less|fewer) than|about|around|approximately|approx\\.?|roughly|circa|between (?:0|zero|no) and) ${AMOUNT}(?: (?:to|or|and) ${AMOUNT})?${UNIT}`,
        'gi',
      ),
      /\b(?:sessions|hours|visits|minutes|days|nights|\d+) or (?:fewer|less)\b/gi,
    )(statement, reading, 'provision').filter(
      // What the child is let do has a limit by its nature: "let him go outside for up to ten minutes".
      ([start]) =>
        !/\b(?:let|allow) (?:him|her|them)\b[^.;]*$/i.test(statement.slice(Math.max(0, start - 60), start)),
    ),
}

export const asRequired: Rule = {
  id: 'as-required',
  finds: 'as required, as needed, as appropriate, when necessary',
  places: PROVISION_PLACES,
  why: 'Somebody will decide later whether there is any at all. The plan has to decide it.',
  law: ['rotherham', 'code969'],
  better:
    'Fix a least amount, and say what sign brings more: "at least 30 minutes each week, and each time he shows his card".',
  bad: [
    'Physiotherapy will be provided as required.',
    'Sensory breaks as needed.',
    'Suitable resources will be used.',
  ],
  good: [
    'A nurse will be with Sam for at least 30 minutes a day; more time will be given as required.',
    'The surgeon, as the law requires, asked for consent.',
  ],
  find: (statement, reading) =>
    reading.isProvision && !reading.hasFloor
      ? stretches(
          statement,
          /\b(?:as|if|when|where|wherever|whenever|and when)(?: and (?:when|where))?(?: (?:is|it is|this is|deemed|felt|considered|thought|clinically))* (?:required|needed|necessary|appropriate|indicated|helpful|relevant|beneficial)\b/gi,
          /\bas and when\b|\baccording to (?:\w+ )?needs?\b|\bdepending on (?:\w+ )?needs?\b|\bas[- ]needed\b|\bon request\b|\bad[- ]hoc\b|\bas (?:his|her|their) needs? (?:dictate|change)s?\b/gi,
          ...(reading.isSpecific
            ? []
            : [
                /\bbased on (?:\w+ )?needs?\b|\bwhen (?:(?:he|she|they) (?:is|are|feels?) )?(?:dysregulated|anxious|overwhelmed|upset|distressed|tired|struggling)\b|\b(?:suitable|appropriate|necessary|reasonable|relevant) (?:resources|strategies|equipment|materials|adjustments|adaptations|activities|interventions?)\b/gi,
              ]),
        )
      : [],
}

export const wherePossible: Rule = {
  id: 'where-possible',
  finds: 'where possible, subject to staff or money, will try to',
  places: PROVISION_PLACES,
  why: 'The duty to secure provision is absolute. Words that hang it on staff, time or money take the duty away.',
  law: ['act42', 'clarke'],
  better: 'Leave the condition out. Whoever arranges the provision must make it possible.',
  bad: [
    'Where possible, Sam should sit at the front.',
    'Subject to funding, a further block of therapy will follow.',
  ],
  good: ['Sam will sit at the front of the class in every lesson.'],
  find: wayOut(
    /\b(?:where|wherever|when|whenever|if|as (?:far|much|often|soon) as|so far as)(?: (?:is|it is|at all))*(?: reasonably)? (?:possible|practicable|practical|feasible|reasonable|available)\b/gi,
    /\bas far as possible\b|\b(?:if|when|where|as|provided) (?:\w+ )?(?:time|timetable|staffing|staff|resources|funding|capacity|space)(?: \w+)? (?:allows?|permits?)\b/gi,
    /\bsubject to (?:funding|staffing|availability|resources|capacity|the timetable|budget)\b|\b(?:depending|dependent) (?:up)?on (?:availability|staffing|funding|resources|capacity)\b/gi,
    /\bwithin (?:the )?(?:available|existing|current) (?:resources|staffing|budget|funding)\b|\b(?:best|reasonable) endeavours\b|\bendeavours? to\b|\bideally\b|\bevery (?:reasonable )?effort\b|\bunless (?:staff|resources|funding|the (?:school|timetable|therapist)|there)\b/gi,
    /\b(?:if|when|where|whenever) (?:[\w-]+ ){1,4}(?:is|are) available\b/gi,
    /\b(?:will|should|staff|school|to) (?:aim|try|seek|strive|attempt) to\b/gi,
  ),
}

export const wouldBenefit: Rule = {
  id: 'would-benefit',
  finds: 'would benefit from, would be helpful, responds well to',
  places: PROVISION_PLACES,
  why: 'It says what would be good for the child and promises none of it.',
  law: ['act37', 'act42'],
  better: 'Say that it will be done: "will have", "will be taught", with amount and person.',
  bad: ['Sam would benefit from occupational therapy.', 'Sam responds well to visual support.'],
  good: [
    'So that Sam benefits from the story, the teacher will go over it with him for ten minutes each day.',
  ],
  find: (statement, reading) =>
    reading.isProvision
      ? stretches(
          statement,
          /\b(?:would|will|may|might|could|should|is likely to|are likely to|likely to)(?: (?:also|greatly|really|further|significantly))* benefit(?: from)?\b/gi,
          /\b(?:it )?(?:would|may|might|could)(?: also)? be (?:very )?(?:helpful|useful|beneficial|good|advantageous|appropriate)\b|\bwould be (?:best|better|well)? ?suited\b|\b(?:may|might|would|could) (?:find|help)(?: it)?(?: (?:helpful|useful))?\b/gi,
          ...(reading.isSpecific
            ? []
            : [
                /\bit (?:is|will be) (?:very )?(?:important|essential|vital|crucial|helpful)\b|\b(?:benefits? from|responds? (?:well|best) to|works? best|is helped by)\b/gi,
              ]),
        )
      : [],
}

export const mayOrShould: Rule = {
  id: 'may-or-should',
  finds: 'may, might, could, should consider, it is recommended that he be considered',
  places: PROVISION_PLACES,
  why: 'What may be done may be left undone. A plan specifies what must be secured.',
  law: ['act42', 'clarke'],
  better: 'Write "will", and the thing itself.',
  bad: ['Sam might need a reader.', 'School should consider the use of a laptop.', 'A scribe may be used.'],
  good: [
    'Ten sessions of 45 minutes with a therapist, weekly from 4 May 2026 to 10 July 2026.',
    'Every day the teacher will give Sam a card that he can keep on his desk.',
  ],
  find: (statement, reading, place) => {
    if (!reading.isProvision) return []
    return stretches(
      statement,
      /\b(?:may|might|could|possibly|perhaps)\b(?! 20\d\d| not follow)/g,
      /^(?:Possibly|Perhaps|May|Might|Could)\b/g,
      /\b(?:is|are) (?:un)?likely to\b|\bit is (?:hoped|intended|expected|anticipated|envisaged)\b/gi,
      ...(reading.isSpecific ? [] : [/\bcan (?:use|leave|go|have|take|choose|bring|wear)\b/gi]),
      /\b(?:should|to|will|would|could|be) (?:be )?consider(?:ed|ing)?\b|\bconsideration (?:should|will|to|is|could)\b|\bwould suggest\b|\bit is suggested\b/gi,
      // An adviser can only recommend; a plan that recommends leaves the duty out.
      ...(place === 'advice' ? [] : [/\bit is recommended\b|\bwe recommend\b/gi]),
      /\bcan (?:also )?be (?:used|delivered|provided|offered|given|arranged|made|considered)\b/gi,
    ).filter(([start]) => !isAboutThePerson(statement.slice(Math.max(0, start - 60), start)))
  },
}

/** "that he may keep", "because she could not": the modal speaks of the child, inside what is promised. */
function isAboutThePerson(before: string): boolean {
  return /\b(?:that|which|what|who|whom|if|because|since|so|friends?|when|until|words?|than)\b[^,.;]{0,24}\b(?:he|she|they|[A-Z][a-z]+) $|\d{1,2}(?:st|nd|rd|th)? $/.test(
    before,
  )
}

export const leftToLater: Rule = {
  id: 'left-to-later',
  finds: 'to be confirmed, following assessment, at the discretion of',
  places: PROVISION_PLACES,
  why: 'Provision may not be left for the authority, the school or a therapist to settle after the plan is made.',
  law: ['rotherham', 'act37'],
  better:
    'Settle the amount now on the advice there is. If advice is missing, get it before the plan is made; change it later by amendment.',
  bad: ['Number of sessions to be confirmed.', 'Frequency: TBA.', 'Hours to be agreed with the school.'],
  good: ['A specialist assessor will test Sam for two hours before 31 October 2026 and write to the school.'],
  find: wayOut(
    /\bt\.?b\.?[acd]\b\.?/gi,
    /\b(?:to be|will be|is to be|are to be|be|being)(?: \w+ly)? (?:confirmed|determined|agreed|set in (?:discussion|consultation|agreement)|decided|negotiated|discussed|established|finalised|re-?referred|worked out)\b/gi,
    /\b(?:following|after|pending|subject to|dependent on|on completion of|based on|awaiting)(?: (?:an?|the|his|her|their|its|next|further|initial|full|any))*(?: [\w-]+)? (?:assessment|review|agreement|observation|referral|approval|panel)\b/gi,
    /\bat the discretion of\b|\bas (?:the )?\w+(?: \w+)? (?:sees?|thinks?|feels?|considers?) (?:fit|best|appropriate|necessary)\b|\bconsidered by (?:the )?panel\b/gi,
    /\b(?:will|to) (?:depend|vary)\b(?: (?:up)?on| according to)?|\bwho will (?:decide|determine|advise)\b|\bwill (?:decide|determine) (?:whether|how|if|what)\b/gi,
    /\b(?:thereafter|then|gradually) reduc\w+|\breduc(?:ing|ed|es?) (?:as|when|over time)\b|\badjusted (?:according|as|in line)\b/gi,
    /\bwill be (?:re-?)?assessed\b|\bwaiting list\b|\bonce (?:\w+ )?(?:assess\w+|the therapist|he reaches|she reaches|they reach|a place)\b|\bonce (?:an? |the )?(?:[\w-]+ ){1,5}(?:has|have|is|are) (?:been )?(?:recruited|appointed|in post|available|complete[d]?|assessed|identified|in place|secured|agreed)\b|\bto (?:establish|determine|decide|identify) (?:the |what |how |whether )(?:levels?|amount|frequency|much|often|many|nature)\b/gi,
  ),
}

export const openList: Rule = {
  id: 'open-list',
  finds: 'etc, or similar, or equivalent, such as',
  places: PROVISION_PLACES,
  why: 'An open list lets somebody else choose what is given, and something less may be chosen.',
  law: ['clarke', 'rotherham'],
  better: 'Finish the list, or name the least that will do: "a qualification at level 3 or above".',
  bad: [
    'Fidget toys, wobble cushion etc.',
    'An ELSA, or equivalent, will see Sam.',
    'Interventions such as Lego therapy.',
  ],
  good: [
    'For 15 minutes every day the teaching assistant will use construction toys, such as Lego, one to one.',
  ],
  find: (statement, reading) =>
    reading.isProvision
      ? stretches(
          statement,
          /\betc\b\.?|\band so (?:on|forth)\b|\bor (?:an? |some |other )?(?:similar|equivalent|suitable|the like)\b/gi,
          ...(reading.isSpecific ? [] : [/\bsuch as\b|\be\.?g\.?(?=[\s,])|\bfor example\b/gi]),
        )
      : [],
}

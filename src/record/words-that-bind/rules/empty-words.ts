/** Words that promise nothing by themselves. Where amount, frequency and person stand beside them they do no harm. */
import { emptyAlone, PROVISION_PLACES, type Rule, stretches } from '../rule.ts'

export const accessTo: Rule = {
  id: 'access-to',
  finds: 'access to a person, service or thing',
  places: PROVISION_PLACES,
  why: 'Access may be offered and never used: the words do not say what will be given, how much or by whom.',
  law: ['act42', 'code969', 'worcestershire'],
  better: 'Say what the child will be given: "will have 45 minutes each week, one to one, with …".',
  bad: ['Access to speech and language therapy.', 'Sam will be able to access a learning mentor.'],
  good: [
    'The school will fit a ramp before 1 September 2026 so that Sam has access to the hall at all times.',
    'The mentor will meet Sam for 15 minutes every morning in the room he has access to.',
  ],
  find: emptyAlone(
    /\b(?:(?:have|has|having|given|with|need|needs|requires?|includes?|gain) (?:\w+ )?)?access(?:ing|ed)? to\b/gi,
    /\b(?:can|to|will|able to|could|should) access\b/gi,
    /\baccess(?:ing|es)? (?:a|an|the|his|her|their|specialist|support)\b/gi,
  ),
}

export const opportunitiesFor: Rule = {
  id: 'opportunities-for',
  finds: 'opportunities, chances',
  places: PROVISION_PLACES,
  why: 'An opportunity is given once it is offered, and nobody must make sure that anything happens.',
  law: ['act42', 'worcestershire'],
  better: 'Say what will happen, when, for how long and who leads it.',
  bad: ['Opportunities to work with peers.', 'Staff should create opportunities for Sam to make requests.'],
  good: ['Every day at 10.30 the teaching assistant will give Sam the opportunity to move, for 15 minutes.'],
  find: emptyAlone(/\b(?:opportunit(?:y|ies)|chances?)(?: (?:for|to|of))?\b/gi),
}

export const regular: Rule = {
  id: 'regular',
  finds: 'regular, frequent, ongoing, from time to time',
  places: PROVISION_PLACES,
  why: 'Once a year is regular too: the words do not say how often.',
  law: ['code969', 'clarke'],
  better: 'Give the days or the count: "every Tuesday", "three times a week", "once each half term".',
  bad: ['Sam will receive regular speech and language therapy.', 'Staff should check in with Sam often.'],
  good: [
    'Regular weekly 45-minute sessions, every Tuesday, one to one, by the HCPC-registered speech and language therapist.',
    'The teaching assistant will walk with Sam for ten minutes each morning before he joins his regular class.',
  ],
  find: emptyAlone(
    /\b(?:more |very |on a )?(?:regular(?:ly)?|frequent(?:ly)?|on-?going|periodic(?:ally)?|occasional(?:ly)?|routinely|intermittent(?:ly)?)\b(?! (?:class|school|lessons|bus|teacher)\b)(?: basis| intervals)?/gi,
    /\bfrom time to time\b|\bat intervals\b|\b(?:more |very |quite )?often(?= ?(?:[.;,]|$))|\bas often as\b/gi,
  ),
}

export const levelOfSupport: Rule = {
  id: 'level-of-support',
  finds: 'a high level of, some, limited or additional support',
  places: PROVISION_PLACES,
  why: 'A level without a number means one thing to the family and another to whoever pays.',
  law: ['code969', 'worcestershire'],
  better: 'Give the hours and the ratio: "10 hours each week, 1:1, from a teaching assistant".',
  bad: ['A high level of adult support throughout the school day.', 'Some support with personal care.'],
  good: ['Ten hours of additional support each week from a level 3 teaching assistant.'],
  find: (statement, reading) =>
    reading.isProvision && !(reading.isSpecific && (reading.hasLength || /\d ?: ?\d/.test(statement)))
      ? stretches(
          statement,
          /\b(?:an? )?(?:(?:very )?high(?:er)?|low|appropriate|suitable|adequate|sufficient|increased|good|greater|certain|enhanced) (?:levels?|degree|amount) of(?: (?:adult |additional |staff )?(?:support|supervision|help|assistance|input|attention|differentiation))?/gi,
          /\blevels? of (?:adult |additional )?(?:support|supervision|help|assistance|intervention)\b/gi,
          /\b(?:significant|considerable|substantial|intensive|enhanced|increased|some|limited|additional|extra|much|more|further|greater|appropriate|adequate|sufficient|suitable|minimal|high|targeted|close)(?:,? (?:and )?(?:individual|adult|additional|specialist|intensive|appropriate|1:1))* (?:support|help|assistance|supervision|input|intervention|provision|repetition|overlearning|practice|visits|guidance|differentiation|structure|reassurance|prompting|encouragement|adaptation)\b/gi,
          /\b(?:an? )?(?:package of|lots of|plenty of|a lot of|a degree of|an element of|as much)(?: \w+){0,2} ?(?:care|support|help|repetition|practice|intervention|encouragement)\b/gi,
        )
      : [],
}

export const smallGroup: Rule = {
  id: 'small-group',
  finds: 'a small group without its size',
  places: PROVISION_PLACES,
  why: 'Three is small and so is twelve: without a number nobody can say whether the group is too large.',
  law: ['code969', 'clarke'],
  better: 'Give the size: "in a group of no more than four pupils".',
  bad: [
    'Small group work to develop social skills.',
    'Small group reading for 20 minutes every day with a teacher.',
  ],
  good: ['Small group (no more than 3 pupils) teaching for 40 minutes, four times a week, by a teacher.'],
  find: (statement, reading) =>
    reading.isProvision && !reading.hasSize && !/\d ?: ?[2-9]/.test(statement)
      ? stretches(
          statement,
          /\bsmall(?:er)?[- ]groups?(?: (?:work|teaching|support|setting|interventions?))?|\ba few (?:other )?(?:children|pupils|peers)\b|\bgroup work\b/gi,
        )
      : [],
}

export const inputFrom: Rule = {
  id: 'input-from',
  finds: 'input, involvement or advice from somebody',
  places: PROVISION_PLACES,
  why: 'Input may be a telephone call or a year of teaching: the words fix neither.',
  law: ['code969', 'worcestershire'],
  better: 'Say whether it is teaching, therapy, training of staff or advice, and how long and how often.',
  bad: ['Input from the educational psychology service.', 'Involvement of the autism outreach team.'],
  good: ['Direct input from a qualified teacher of the deaf, one hour each week, one to one.'],
  find: emptyAlone(
    /\b(?:specialist )?input\b(?: (?:from|by|of))?/gi,
    /\b(?:multi-?(?:agency|professional|disciplinary) )?involvement\b(?: (?:of|from|with|by))?/gi,
    /\b(?:advice|guidance|oversight|expertise|support|consultation|liaison) (?:and \w+ )?(?:from|with|of) (?:the |an? )?(?:[\w-]+ ){0,5}?(?:services?|team|professionals?|specialists?|therapist|psychologist|teacher|nurse|camhs)\b/gi,
    /\bavailable for (?:consultation|advice)\b|\bclose liaison\b/gi,
  ),
}

export const asAdvised: Rule = {
  id: 'as-advised',
  finds: 'as advised, as per the therapist, see the report',
  places: PROVISION_PLACES,
  why: 'The plan itself must say what is required. What is left in a report, or for its writer to say later, is not specified.',
  law: ['act37', 'rotherham'],
  better: 'Copy in what the advice says: what, how long, how often and by whom.',
  bad: ['SaLT as per therapist.', 'Strategies as advised by the educational psychologist.'],
  good: [
    'As advised by Ms Okafor on 3 June 2026, an occupational therapist will see Sam for 45 minutes each week.',
  ],
  find: emptyAlone(
    /\bas (?:advised|recommended|directed|specified|outlined|suggested|detailed|prescribed|described|identified|set out)(?: (?:by|in))?\b/gi,
    /\b(?:as )?per (?:the )?(?:therapist|salt|slt|ot|ep|physio\w*|advice|report|programme|recommendations?|school|care plan|specialist)\b|\bas per\b/gi,
    /\bin (?:line|accordance|keeping) with\b|\b(?:set out )?in (?:the |his |her )?[\w']+(?: [\w']+)? report\b|\b(?:recommended|advised|suggested) by (?:the )?\w+/gi,
    /\bsee (?:the )?(?:attached )?(?:[\w-]+ ){0,5}(?:report|advice|appendix|programme)\b/gi,
    /\bunder the (?:guidance|direction|advice) of\b|\b(?:following|based on) (?:the )?(?:advice|recommendations|guidance)\b/gi,
  ),
}

export const continueTo: Rule = {
  id: 'continue-to',
  finds: 'continue, maintain what there is',
  places: PROVISION_PLACES,
  why: 'What goes on now is written nowhere in the plan, so nobody can tell when it stops.',
  law: ['act37', 'clarke'],
  better: 'Set out what is done now, in full, as if it were new.',
  bad: ['School to continue with current strategies.', 'Current provision to be maintained.'],
  good: ['The mentor will continue to see Sam one to one for 20 minutes every morning.'],
  find: emptyAlone(
    /\bcontinu(?:e|es|ed|ing|ation)\b(?: (?:to|with|of))?/gi,
    /\b(?:current|existing|present) (?:provision|support|strategies|arrangements|interventions?|programme)\b/gi,
    /\b(?:to be|be|will be) maintained\b|\bremains? in place\b|\bcarry on with\b/gi,
  ),
}

export const monitor: Rule = {
  id: 'monitor',
  finds: 'monitor, track, keep under review',
  places: PROVISION_PLACES,
  why: 'Watching is not provision unless it says who looks at what, when, and what follows.',
  law: ['code969', 'clarke'],
  better: 'Say who measures what, on which dates, and what will be done with the answer.',
  bad: ['Staff will monitor progress.', "Sam's seating needs to be kept under review."],
  good: [
    'The specialist teacher will see Sam for one hour each week and will monitor his typing speed each half term.',
  ],
  find: emptyAlone(
    /\b(?:closely |carefully )?monitor(?:s|ed|ing)?\b/gi,
    /\b(?:kept?|keep) (?:an eye|under (?:close |regular )?review)\b/gi,
    /\btracked\b|\btrack(?:ing)? (?:\w+ )?(?:progress|attainment)\b|\breviewed\b/gi,
  ),
}

export const vagueSetting: Rule = {
  id: 'vague-setting',
  finds: 'a nurturing, structured, calm or specialist setting with nothing to know it by',
  places: PROVISION_PLACES,
  why: 'Nearly every school would say it is one. Only features that can be counted or seen bind anybody.',
  law: ['code969', 'clarke'],
  better: 'List the features: class size, adults and their qualifications, rooms, sound, light, equipment.',
  bad: [
    'Sam should be taught in a small nurturing environment.',
    'A mainstream school with appropriate support.',
  ],
  good: [
    'A class of no more than eight pupils with one qualified teacher and two teaching assistants in all lessons.',
  ],
  find: emptyAlone(
    /\b(?:an? )?(?:(?:small|nurturing|structured|calm|quiet|supportive|specialist|specialised|predictable|safe|secure|inclusive|therapeutic|appropriate|suitable|stimulating|language[- ]rich|low[- ](?:arousal|stimulus|stimulation)|(?:autism|communication|dyslexia)[- ]friendly|distraction[- ]free|bespoke|personalised),?(?: and)? ?){1,4}(?:learning |school |class(?:room)? |educational )?(?:settings?|environments?|schools?|placements?|provision|class(?:es)?|classrooms?|atmosphere|pathway|curriculum)\b/gi,
    /\ba (?:mainstream|special) (?:school|setting)\b|\bhigh (?:staff(?:ing)?|adult)(?:[- ]to[- ]\w+)? ratio\b/gi,
  ),
}

export const unexplainedProgramme: Rule = {
  id: 'unexplained-programme',
  finds: 'a programme, package, block or scheme that is not set out',
  places: PROVISION_PLACES,
  why: 'Nobody can tell from the name what is done in it, how long it lasts or who gives it.',
  law: ['clarke', 'code969'],
  better: 'Say what it holds, who wrote it and when, who carries it out, how long and how often.',
  bad: ['A speech and language programme will be put in place.', 'A block of therapy.'],
  good: [
    'A block of ten weekly 50-minute sessions of cognitive behaviour therapy with an accredited therapist.',
    'The teaching assistant will carry out the standing programme of 5 May 2026 for 20 minutes every school day.',
  ],
  find: emptyAlone(
    /\b(?:an? |the )?(?:[\w-]+ ){0,3}?(?:programmes?|program|package|scheme)\b(?: of (?:support|care|therapy|intervention))?/gi,
    /\b(?:an? )?blocks? of (?:\w+ )?(?:therapy|sessions|support|intervention)\b|\b(?:an? )?sensory diet\b/gi,
    /\b(?:an? )?(?:evidence[- ]based|targeted|structured|specific|specialist|literacy|numeracy|bespoke|individuali[sz]ed|personali[sz]ed|tailored)(?: \w+)? (?:interventions?|approach(?:es)?|strategies)\b/gi,
    /\b(?:precision teaching|paired reading)\b/gi,
  ),
}

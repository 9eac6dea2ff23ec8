/** What one statement holds: how much, how often, who, and whether it promises anything at all. */

const NUMBER =
  '(?:\\d+(?:[.,]\\d+)?\\s?[½¼¾⅓⅔]?|\\d+/\\d+|[½¼¾⅓⅔]|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|sixteen|eighteen|twenty|thirty|thirty-six|thirty-eight|forty|forty-five|fifty|sixty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine|half))?|half(?: an?)?|(?:three[- ])?quarters?(?: of)?(?: an?)?|an?)'
const TIME_UNIT =
  '(?:minutes?|mins?|hours?|hrs?|nights?|days?|weeks?|wks?|full days?|school days?|half[- ]days?)'
const CALENDAR_UNIT =
  '(?:day|week|fortnight|month|term|half[- ]term|year|morning|afternoon|evening|night|lunch ?times?|break ?times?|weekend|weekday|schoolday|hour|school day|school week|school year|academic year|monday|tuesday|wednesday|thursday|friday|saturday|sunday|autumn|spring|summer|wk|annum)'
const MONTH =
  '(?:january|february|march|april|may|june|july|august|september|october|november|december|easter|christmas)'

const re = (source: string, flags = 'i'): RegExp => new RegExp(source, flags)

/** A length of time: "45-minute", "1½ hours", "half a day", "9.00 to 9.15". */
const LENGTH_OF_TIME = [
  re(`(?<![\\w.])(?!an? (?:day|week|night)\\b)${NUMBER}[- ]?(?:of )?(?:\\w+ )?${TIME_UNIT}\\b(?! old)`),
  /\b\d{1,2}(?:[.:]\d\d)?\s?(?:am|pm)?\s?(?:to|until|till|-)\s?\d{1,2}[.:]\d\d\b/i,
  /\b\d{1,2}(?:[.:]\d\d)?\s?(?:am|pm|noon)\b.{0,12}?(?:to|until|-)\s?(?:\w+ )?\d{1,2}(?:[.:]\d\d)?\s?(?:am|pm)/i,
  /\bfrom arrival to departure\b|\b(?:the )?whole of (?:lunch|break|the (?:school )?day|every|each)|\bhalf a (?:day|term)\b/i,
  /\b\d+ ?(?:%|per ?cent)/i,
]

/** A time on the calendar that comes round: "weekly", "each half term", "on Mondays", "three times a day". */
const COMES_ROUND = [
  /\b(?:daily(?! (?:routines?|life|living))|nightly|weekly|fortnightly|monthly|termly|half[- ]termly|yearly|annually|hourly|bi-?weekly|p\.?a\b)/i,
  re(
    `\\b(?:each|every|per|an?)\\s(?:(?:other|alternate|single|working|half|school|academic|calendar|second|third)\\s){0,2}${CALENDAR_UNIT}s?\\b`,
  ),
  re(
    `\\b(?:each|every)\\s(?:other\\s)?${NUMBER}\\s(?:school\\s)?(?:minutes|hours|days|weeks|months|terms)\\b`,
  ),
  /\bmonday (?:to|-) friday\b/i,
  /\/\s?(?:day|wk|week|term|month|year)\b/i,
  /\b(?:mon|tues|wednes|thurs|fri|satur|sun)days\b/i,
  /\b(?:each|every|per|of each|on each of|on)\s(?:mon|tues|wednes|thurs|fri|satur|sun)day\b/i,
  /\b(?:each|every)\s(?:january|february|march|april|may|june|july|august|september|october|november|december)\b/i,
  /\b(?:in|each|every)\s\w+(?:,\s\w+)*\s(?:and(?: again)?(?: in)?)\s(?:january|february|march|april|may|june|july|august|september|october|november|december)\b/i,
  /\btimes (?:a|each|per|every)\b|\b(?:once|twice) (?:a|each|per|every|daily|weekly)\b/i,
  /\b(?:each|every) (?:of )?(?:years?|terms?)\b|\bof (?:the|his|her|their) (?:school )?(?:day|week)\b/i,
  /\b(?:first|last|second) (?:week|monday|tuesday|wednesday|thursday|friday|day) of (?:each|every|the)\b/i,
]

/** Every time something happens: nothing is left to choose, so no count is needed. */
const EVERY_TIME = [
  /\b(?:at )?all times\b|\bat all unstructured times\b/i,
  /\b(?:support\w*|supervis\w*|one[- ]to[- ]one|1 ?: ?1|with (?:him|her|them)|within (?:sight|reach)|assistant|staff\w*)\b[^.;]{0,80}\bthroughout\b|\b(?:in|for|during|on) all (?:\w+ ){0,2}(?:lessons|classes|subjects|sessions|tests|breaks|times|work|written|assemblies|visits|journeys|trips|meals|transfers|activities|outings|assessments|exams|examinations)\b/i,
  /\b(?:each|every) time\b|\balways\b|\bfull[- ]time\b(?! (?:education|place|provision|school))|\bon the (?:same|school) day\b|\bevery table\b/i,
  /\b(?:each|every)\s(?!(?:child|pupil|student|adult|other|area|aspect|opportunity|member|need|effort)\b)(?:\w+[- ]){0,3}?(?:lessons?|class|session|task|instruction|test|examination|topic|meal|transfer|worksheet|book|move|break|lunch ?time|lunch|subject|activity|question|text|journey|assembly|trip|change|transition|sixth|page|story|piece|classroom|room|setting|site)\b/i,
  /\b(?:before|after) (?:each|every)\b|\b[Ww]henever (?:he|she|they|it|[A-Z])/,
  /\bin place of\b|\bfor all (?:written work|meals|transfers|lessons|journeys)\b/i,
]

/** A day, or a stretch between two days. */
const ON_A_DATE = [
  re(`\\b\\d{1,2}(?:st|nd|rd|th)?\\s${MONTH}\\b`),
  re(`\\b(?:by|before|from|until|in|between|starting)\\s(?:the end of\\s)?${MONTH}\\b`),
  /\bfirst day of term\b|\b(?:in|by the end of|during) the (?:autumn|spring|summer) term\b|\bstart of (?:every |each |the )?(?:term|year)\b/i,
  /\bwithin \w+ (?:school |working )?(?:days|weeks)\b/i,
  /\bbefore (?:he|she|they) starts?\b|\bschool year 20\d\d\b/i,
]

const COUNT = re(
  `(?<![\\w.])${NUMBER} (?:(?:individual|one[- ]to[- ]one|weekly|direct|further|transition|home|\\d+[- ]minute|\\d+[- ]hour) ){0,2}(?:sessions|visits|lessons|meetings|blocks|terms|occasions|placements|sets)\\b`,
)

/** How many in the group or class. */
const SIZE = new RegExp(
  `\\b(?:groups?|class(?:es)?)\\s\\(?(?:of|with|for)?\\s?\\(?(?:(?:no more than|not more than|up to|at most|a maximum of|maximum|max\\.?|fewer than|about)\\s)?${NUMBER.replace('|an?)', ')')}\\b|\\b${NUMBER.replace('|an?)', ')')}\\s(?:other\\s|or fewer\\s)?(?:pupils|children|students|peers|learners|young people)\\b|\\bclass(?:es)? of\\b.{0,16}\\d`,
  'i',
)

/** People and posts who do things for a child. */
const ROLE =
  /\b(?:therapists?|teachers?|teaching assistants?|learning support assistants?|support assistants?|therapy assistants?|assistants?|t\.?a\.?s?|lsas?|hltas?|psychologists?|psychotherapists?|psychiatrists?|physiotherapists?|physios?|hydrotherapists?|nurses?|sen(?:d)?cos?|elsas?|mentors?|counsellors?|dieti[ct]ians?|paediatricians?|consultants?|doctors?|gps?|coach(?:es)?|instructors?|tutors?|lecturers?|supervisors?|officers?|workers?|playworkers?|handlers?|managers?|head of (?:year|department)|practitioners?|key ?person|staff|trainers?|assessors?|interpreters?|intervenors?|advis[eo]rs?|technicians?|head ?teacher|carers?|audiologists?|orthoptists?|specialists?|childminders?|invigilators?|readers?|hcpc|qtvi|qtod|tod|salts?|slts?|ots?|eps?|librarians?|professors?|chaperones?|escorts?|clinicians?|orthotists?|habilitationists?|communicators?|lead|adults|everyone who)\b/i

/** A person without a post, who counts only with a qualification or a ratio. */
const ANYBODY =
  /\b(?:a|an|one|key|trusted|familiar|named|safe|another|appropriately trained|trained)\s?(?:adult|person|professional)\b/i
const QUALIFIED =
  /\b(?:hold(?:s|ing)|with (?:an? )?(?:level|qualification|mandatory|accredited|degree|experience)|trained (?:in|by|to|for)|qualified (?:in|to|teacher)|who has|who have|having (?:completed|done)|registered|accredited|within arm'?s reach)\b/i

/** A body as the one that acts: "the school will", "supplied by the council". */
const BODY =
  /\b(?:schools?|college|council|authority|setting|nursery|employer|service|team|trust|agency)(?: will| to| must| shall| should)\b|\bby (?:the |its |her |his )?(?:[\w-]+ ){0,3}(?:school|college|council|authority|setting|nursery|employer|service|team|trust|agency|family)\b/i

/** Time spent with somebody: needs a length as well as a frequency, and somebody to spend it. */
const SPENT_TIME =
  /\b(?:sessions?|therap(?:y|ies|ist)|interventions?|teach(?:ing|es)?(?! assistant)|tuition|programmes?|programs?|groups?|training|input|visits?|counselling|mentoring|support(?:ed)?(?! (?:worker|assistant))|elsa|help(?:ed)?|reading|read|phonics|numeracy|literacy|tutoring|practice|physiotherapy|swimming|work|salt|ot|physio|play|coaching|typing|supervision|blocks?|overlearning|pre-teaching|see|seen|clinic|short breaks?|care|respite|sitting|meetings?|advice|consultation)\b/i

const THINGS =
  /\b(?:laptop|tablet|radio aid|hearing aids?|table|chair|frame|hoist|slope|sloping|sloped|board|ramp|door|software|shower|wheelchair|sling|splints?|orthotics|glasses|keyboard|ear defenders|tent|microphone|communication aid|paper|grip|seat|bed)\b/i

const DUTY = /\b(?:will|shall|must|should|is to|are to|to be|needs? to|has to|have to|requires?|ought)\b/i
const PROPOSAL =
  /\b(?:recommend(?:s|ed|ation)?|suggest(?:s|ed)?|advis(?:e|es|ed)|would|may|might|could|benefits? from|responds? well|access|input|includes?|needs?|propos(?:e|es|ed)|can (?:also )?be|can (?:use|leave|go|have|take|choose|bring|wear|access)|important|essential|vital|crucial|likely to)\b|^(?:the )?(?:length|number|amount|frequency|level|hours|initially|once|twice|weekly|daily)\b/i
const IMPERATIVE =
  /^(?:[-*\d.)\s]*)(?:use|provide|give|ensure|encourage|allow|make|offer|break|check|keep|support|help|teach|model|praise|remind|avoid|reduce|adapt|differentiate|create|build|develop|establish|implement|promote|limit|arrange|deliver|work|continue|monitor|set|share|liaise|seek|consider|facilitate|plan|prepare|present|supply|refer|embed|minimi[sz]e|maintain|increase|see|ask|tell|follow|adopt|introduce|incorporate|show|signpost|consult|have|be|ensuring|providing|using|giving|allowing|encouraging)\b/i
const FINITE =
  /\b(?:is|are|was|were|has|have|had|does|do|did|will|shall|must|should|can|could|may|might|would|cannot|finds|requires|loses|presents|shows|uses|gets|takes|makes|enjoys|likes|feels|says|said|told|tires|struggles|becomes|lives|attends|works|reads|knows|wants|hopes|gives|recommends|includes|benefits|responds|believes|thinks|remains|appears|seems|runs|travels|goes|comes|eats|sleeps|speaks|writes|learns|understands|lives|wears|prefers|loves|copes|relies|hears|refuses|avoids|prefers|wakes|tries|asks)\b|\b(?:he|she|they|we|I) (?!or\b|and\b)\w+/
const PAST =
  /(?<!\b(?:is|are|be|being) )\b(?:was|were|had|received|attended|ended|began|started|has been|have been|had been|reported|said|told|observed|scored|joined|met|saw|moved|left|took|gave|worked|used to|made|is known to|has had|have had|was given|identified|diagnosed|finalised|named|showed|asked|found|became|lived|learned|learnt|stopped|began|used)\b/i
const VIEW =
  /(?<!\b(?:may|might|if|if staff|if school|should they|that he|that she|\w+ is|important that \w+|so that \w+|when \w+) )\b(?:feels?|felt|thinks?|thought|believes?|would like|would love|wants?|told (?:us|me|staff)|says?|said|hopes?|wish(?:es)?|asked for|enjoys?|likes?)\b/i
const NEED =
  /\b(?:finds? (?:it )?(?:hard|difficult|\w+ing)|has (?:difficulty|difficulties)|have difficulty|struggles?|cannot|can't|is unable|becomes? (?:upset|anxious|distressed)|loses? (?:track|her|his|their)|gets (?:upset|anxious|tired)|tires (?:easily|quickly)|presents? (?:with|as)|diagnos\w+|percentile|standard score|is (?:non-verbal|autistic|anxious)|does not (?:understand|speak|like|yet))\b/i
const OFTEN_NEED =
  /\b(?:he|she|they|[A-Z][a-z]+) (?:will|may|can|might|could)(?: (?:often|sometimes|quickly|easily|also|still|usually|then|not|only|always))* (?:become|run|cry|hit|shout|refuse|struggle|avoid|hide|leave his|leave her|lose|forget|appear|seem|tire|bite|scream|wander|withdraw|interrupt|misunderstand|concentrate|get upset|get angry|find (?:it (?:hard|difficult)|\w+ing))\b/

const NOT_OWED = [
  /^\W*(?:there (?:is|are) )?no (?!more|fewer|less|later|longer|one)(?:\w+[ -]){1,7}?(?:is|are|was|were|has been|have been) (?:\w+ )?(?:required|needed|given|offered|identified|provided|necessary|recommended|known)\b/i,
  /\b(?:does|do|did) not (?:currently |presently |yet )?(?:need|require|want|have)\b/i,
  /\b(?:is|are) (?:not|no longer|never) (?:currently )?(?:offered|given|provided|required|needed|necessary)\b/i,
  /\b(?:he|she|they|[A-Z][a-z]+) will have no\b/,
]
const LAW =
  /^\W*(?:under|in accordance with) (?:section|regulation|the)\b.{0,80}\bact\b|\bthis plan (?:was|will be|is)\b|\b(?:this|each) (?:section|provision in this)\b.{0,40}\b(?:sets? out|is not|not offered)\b/i
const HEADING =
  /^(?:[\d.)\s]*)(?:section [a-k]\d?\b.{0,80}|communication and interaction|speech(?:,)? (?:and )?language(?:,? and communication)?(?: needs)?|cognition and learning|social,? emotional,? and mental health(?: difficulties| needs)?|sensory (?:and|and\/or|or) physical(?: needs)?|physical and sensory(?: needs)?|preparation for adulthood|preparing for adulthood|independence(?: and self[- ]help)?|self[- ]care|health|social care|outcomes?(?: \d+)?|provision(?: \d+)?|needs?(?: \d+)?|special educational (?:needs|provision)|strengths|views|how often|who|what|when|page \d+.{0,20}|introduction|background|summary|recommendations|literacy|numeracy|autism|attention and listening|expressive language|receptive language|fine motor skills|gross motor skills|transition|staffing|training|curriculum|name:.{0,60}|date.{0,40}|dob:.{0,30})\W*$/i
/** A line that only opens a list. What it opens is judged line by line. */
const LEAD_IN = /^[^.\d]{0,90}:$/
const TABLE_HEAD = /\b(?:need|provision|outcome|who|what|how often|frequency|by whom)\b/gi

export interface Reading {
  /** It asks for or promises something: the statement is provision, and not need, history, view or heading. */
  readonly isProvision: boolean
  readonly hasLength: boolean
  readonly comesRound: boolean
  readonly everyTime: boolean
  readonly hasSize: boolean
  /** How much and how often are settled for what it is. */
  readonly isQuantified: boolean
  readonly hasDeliverer: boolean
  /** Somebody must do it, and no thing or place stands for itself. */
  readonly needsSomebody: boolean
  /** How much, how often and who: nothing is left to doubt, whatever other words are used. */
  readonly isSpecific: boolean
  /** It fixes a least amount, so that "more as required" adds and takes nothing away. */
  readonly hasFloor: boolean
}

const some = (patterns: readonly RegExp[], text: string): boolean =>
  patterns.some((pattern) => pattern.test(text))

/** What a statement that promises nothing is read as: its parts are not looked for. */
const NO_PROMISE: Reading = {
  isProvision: false,
  hasLength: false,
  comesRound: false,
  everyTime: false,
  hasSize: false,
  isQuantified: false,
  hasDeliverer: false,
  needsSomebody: false,
  isSpecific: false,
  hasFloor: false,
}

/** Reads one statement, as if it stood in a provision section. Time grows with the length. */
export function read(statement: string): Reading {
  return isProvision(statement) ? readProvision(statement) : NO_PROMISE
}

/** Reads a statement that is known to be provision, or one made of several that are. */
export function readProvision(statement: string): Reading {
  const hasLength = some(LENGTH_OF_TIME, statement)
  const comesRound = some(COMES_ROUND, statement)
  const everyTime = some(EVERY_TIME, statement)
  const onADate = some(ON_A_DATE, statement)
  const hasCount = COUNT.test(statement)
  const hasSize = SIZE.test(statement)
  const isSpent = SPENT_TIME.test(statement)
  const isThing = THINGS.test(statement)
  const isQuantified =
    (hasLength && (comesRound || everyTime || onADate || hasCount)) ||
    everyTime ||
    (comesRound && !isSpent) ||
    (isThing && (onADate || comesRound)) ||
    (onADate && comesRound) ||
    (onADate && !isSpent && DUTY.test(statement)) ||
    (hasSize && /\bclass(?:es|room)?\b/i.test(statement) && !/\bsmall group/i.test(statement))
  const anybody = ANYBODY.test(statement)
  // A body answers for things and arrangements; for time spent with a child it must say who spends it.
  const hasDeliverer =
    ROLE.test(statement) ||
    QUALIFIED.test(statement) ||
    (BODY.test(statement) && (isThing || !(hasLength && comesRound)))
  const needsSomebody =
    !isThing &&
    (isSpent || hasLength || anybody || /\b(?:will|to) be \w+ed\b/i.test(statement) || !isQuantified)
  return {
    isProvision: true,
    hasLength,
    comesRound,
    everyTime,
    hasSize,
    isQuantified,
    hasDeliverer,
    needsSomebody,
    isSpecific: isQuantified && (hasDeliverer || !needsSomebody),
    hasFloor:
      isQuantified &&
      /\b(?:at least|minimum|no fewer than|no less than|not less than|and more|more time|at all times|within (?:sight|arm'?s reach))\b/i.test(
        statement,
      ),
  }
}

function isProvision(statement: string): boolean {
  if (HEADING.test(statement) || /^(?:outcome|aim|aspiration)s?(?: \d+)?\s*[:-]/i.test(statement))
    return false
  if ((statement.match(TABLE_HEAD)?.length ?? 0) >= 3 && statement.length < 80) return false
  if (LEAD_IN.test(statement) && !DUTY.test(statement) && !PROPOSAL.test(statement)) return false
  if (some(NOT_OWED, statement) || LAW.test(statement)) return false
  const owes = DUTY.test(statement) || IMPERATIVE.test(statement)
  if (OFTEN_NEED.test(statement) && !/\b(?:should|must|staff|teacher|adults)\b/i.test(statement)) return false
  if (VIEW.test(statement) && !/\b(?:will|shall|must|should|recommend\w*)\b/i.test(statement)) return false
  const promises = /\b(?:will|shall|must|should|is to|are to|to be|recommend\w*|requires?|needs? to)\b/i.test(
    statement,
  )
  if (PAST.test(statement) && !promises) return false
  if (NEED.test(statement) && !promises) return false
  if (owes || PROPOSAL.test(statement)) return true
  // Nothing finite in it: a line of a list, which promises what it names.
  return !FINITE.test(statement)
}

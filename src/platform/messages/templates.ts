/** The ways a message can go. */
export const CHANNELS = ['email', 'text', 'letter'] as const
export type Channel = (typeof CHANNELS)[number]

/** What fills a gap in the wording: a calendar day (yyyy-mm-dd), or a few words that never name a child. */
type GapKind = 'day' | 'words'

interface Gap {
  readonly kind: GapKind
  readonly means: string
  readonly example: string
  /** Left empty, the whole paragraph with the gap is left out. */
  readonly optional?: true
}

export interface Wording {
  readonly subject: string
  readonly body: string
}

interface TemplateShape {
  readonly title: string
  /** When it goes, and to whom, for the person who edits it. */
  readonly when: string
  readonly gaps: Readonly<Record<string, Gap>>
  readonly wording: Readonly<Record<Channel, Wording>>
  /** Locked: always added after the wording of an email or a letter. A text is too short for it and says where it is. */
  readonly legal: readonly string[]
}

const APPEAL = [
  'If you do not agree with the decision you can appeal to the First-tier Tribunal (Special Educational Needs and Disability). You must do it within 2 months of the date of the decision letter, or within 1 month of the date on your mediation certificate, whichever is later.',
  'Before most appeals you must speak to a mediation adviser, who will give you the certificate. Mediation is free. You do not have to take part in it. You do not need a certificate if your appeal is only about the school or college named in the plan.',
  'Your local information, advice and support service gives free and independent help.',
] as const

const COMPLAIN = [
  'You have the right to complain to us. If you are not happy with our answer, you can complain to the Local Government and Social Care Ombudsman, which is free and independent.',
] as const

const DRAFT = [
  'The law gives you at least 15 days to answer, beginning with the day the draft plan was served. In that time you can tell us what you think of it, ask for a meeting with us about it, and ask for a school or college to be named in it.',
  'You can ask for any school or college you want. The plan in front of you leaves that part empty on purpose.',
] as const

const day = (means: string, example: string): Gap => ({ kind: 'day', means, example })
const words = (means: string, example: string): Gap => ({ kind: 'words', means, example })

/**
 * Every message the product sends about a case. Each says what changed in general words, what to do and by when; the
 * link and the sign-off are added after it. None has a gap for a child's name.
 */
export const TEMPLATES = {
  'request-received': {
    title: 'Request received',
    when: 'To the family, when a request for an assessment is recorded.',
    gaps: { decideBy: day('the last day for the decision', '2027-01-04') },
    wording: {
      email: {
        subject: 'We have your request for an EHC needs assessment',
        body: 'We have received a request for an education, health and care (EHC) needs assessment.\n\nWe must decide whether to carry it out, and tell you, by ((decideBy)). You do not need to do anything now.\n\nSign in to see each step, whose move it is, and what you can send us.',
      },
      text: {
        subject: '',
        body: 'We have your request for an EHC needs assessment. We must tell you our decision by ((decideBy)). See each step:',
      },
      letter: {
        subject: 'Your request for an EHC needs assessment',
        body: 'We have received a request for an education, health and care (EHC) needs assessment.\n\nWe must decide whether to carry it out, and tell you, by ((decideBy)). You do not need to do anything now.',
      },
    },
    legal: [],
  },
  'decision-made': {
    title: 'Decision made',
    when: 'To the family, when a decision that can be appealed is recorded.',
    gaps: {
      about: words(
        'what was decided about, in general words',
        'whether to carry out an EHC needs assessment',
      ),
    },
    wording: {
      email: {
        subject: 'A decision has been made',
        body: 'We have decided ((about)).\n\nSign in to read the decision, the reasons for it and what you can do next.',
      },
      text: {
        subject: '',
        body: 'We have decided ((about)). Read the decision, the reasons and your rights:',
      },
      letter: {
        subject: 'A decision has been made',
        body: 'We have decided ((about)).\n\nThe decision and the reasons for it come to you in a letter of their own. You can also sign in to read them.',
      },
    },
    legal: APPEAL,
  },
  'will-assess': {
    title: 'We will assess',
    when: 'To the family, when the decision to carry out an assessment is recorded.',
    gaps: { issueBy: { ...day('the last day for the final plan', '2027-03-15'), optional: true } },
    wording: {
      email: {
        subject: 'We will carry out an EHC needs assessment',
        body: 'We have decided to carry out an education, health and care (EHC) needs assessment.\n\nWe now ask people for advice. Please tell us your views too: what is hard, what helps and what you hope for. Sign in to write them, or to send a picture, a recording or a film.\n\nIf there is to be a plan, the last day for us to send it is ((issueBy)).',
      },
      text: {
        subject: '',
        body: 'We have decided to carry out an EHC needs assessment. Please tell us your views:',
      },
      letter: {
        subject: 'We will carry out an EHC needs assessment',
        body: 'We have decided to carry out an education, health and care (EHC) needs assessment.\n\nWe now ask people for advice. Please tell us your views too: what is hard, what helps and what you hope for.\n\nIf there is to be a plan, the last day for us to send it is ((issueBy)).',
      },
    },
    legal: [],
  },
  'will-make-a-plan': {
    title: 'We will make a plan',
    when: 'To the family, when the decision to make a plan is recorded.',
    gaps: { issueBy: { ...day('the last day for the final plan', '2027-03-15'), optional: true } },
    wording: {
      email: {
        subject: 'We will make an EHC plan',
        body: 'We have decided to make an education, health and care (EHC) plan.\n\nWe now write a draft and send it to you. You do not need to do anything until it comes. Then you have at least 15 days to tell us what you think of it.\n\nThe last day for us to send the final plan is ((issueBy)).',
      },
      text: {
        subject: '',
        body: 'We have decided to make an EHC plan. Next we send you a draft to read and answer. See each step:',
      },
      letter: {
        subject: 'We will make an EHC plan',
        body: 'We have decided to make an education, health and care (EHC) plan.\n\nWe now write a draft and send it to you. You do not need to do anything until it comes. Then you have at least 15 days to tell us what you think of it.\n\nThe last day for us to send the final plan is ((issueBy)).',
      },
    },
    legal: [],
  },
  'advice-released': {
    title: 'Advice ready to read',
    when: 'To the family, when advice for the assessment is released.',
    gaps: { from: words('whose advice it is, by their work', 'an educational psychologist') },
    wording: {
      email: {
        subject: 'Advice for the assessment is ready to read',
        body: 'Advice from ((from)) has come in for the assessment.\n\nSign in to read it. If something in it is wrong, tell your coordinator there.',
      },
      text: { subject: '', body: 'Advice from ((from)) has come in for the assessment. Read it:' },
      letter: {
        subject: 'Advice for the assessment',
        body: 'Advice from ((from)) has come in for the assessment.\n\nYou can sign in to read it, or ask us to post it to you. If something in it is wrong, tell your coordinator.',
      },
    },
    legal: [],
  },
  'draft-sent': {
    title: 'Draft plan sent',
    when: 'To the family, when the draft plan is sent.',
    gaps: { replyBy: day('the last day to answer', '2027-02-15') },
    wording: {
      email: {
        subject: 'The draft plan is ready: please answer',
        body: 'The draft of the education, health and care (EHC) plan is ready for you.\n\nPlease read it and tell us what you think by ((replyBy)). Sign in to comment line by line, ask for a meeting, or name the school or college you want.',
      },
      text: {
        subject: '',
        body: 'The draft EHC plan is ready. Tell us what you think by ((replyBy)). You can also ask for a meeting and name a school:',
      },
      letter: {
        subject: 'The draft plan: please answer',
        body: 'The draft of the education, health and care (EHC) plan is ready for you.\n\nPlease read it and tell us what you think by ((replyBy)).',
      },
    },
    legal: DRAFT,
  },
  'comments-received': {
    title: 'Comments on the draft received',
    when: 'To the coordinator, when a family comments on a draft plan.',
    gaps: { issueBy: day('the last day for the final plan', '2027-03-15') },
    wording: {
      email: {
        subject: 'A family has answered a draft plan',
        body: 'A family has sent comments on a draft plan of yours.\n\nRead them and record what you decide on each. The final plan is due by ((issueBy)).',
      },
      text: {
        subject: '',
        body: 'A family has sent comments on a draft plan of yours. The final plan is due by ((issueBy)):',
      },
      letter: {
        subject: 'A family has answered a draft plan',
        body: 'A family has sent comments on a draft plan of yours. The final plan is due by ((issueBy)).',
      },
    },
    legal: [],
  },
  'comments-acknowledged': {
    title: 'Your comments arrived',
    when: 'To the family, when their comments on the draft plan arrive.',
    gaps: { issueBy: day('the last day for the final plan', '2027-03-15') },
    wording: {
      email: {
        subject: 'We have your comments on the draft plan',
        body: 'Your comments on the draft plan have arrived.\n\nYou do not need to do anything now. We will say what we decide on each. The final plan is due by ((issueBy)).',
      },
      text: {
        subject: '',
        body: 'We have your comments on the draft plan. The final plan is due by ((issueBy)):',
      },
      letter: {
        subject: 'Your comments on the draft plan',
        body: 'Your comments on the draft plan have arrived. You do not need to do anything now. The final plan is due by ((issueBy)).',
      },
    },
    legal: [],
  },
  'message-received': {
    title: 'Message to answer',
    when: 'To the coordinator, when a family or somebody else sends a message.',
    gaps: { replyBy: day('the day the answer was promised for', '2026-11-30') },
    wording: {
      email: {
        subject: 'A message needs your answer',
        body: 'Somebody has sent you a message about a case of yours.\n\nThey have been promised an answer by ((replyBy)).',
      },
      text: { subject: '', body: 'A message about a case of yours needs your answer by ((replyBy)):' },
      letter: {
        subject: 'A message needs your answer',
        body: 'Somebody has sent you a message. They have been promised an answer by ((replyBy)).',
      },
    },
    legal: [],
  },
  'message-answered': {
    title: 'Message answered',
    when: 'To whoever wrote, when their message is answered.',
    gaps: { sentOn: day('the day they wrote', '2026-11-20') },
    wording: {
      email: {
        subject: 'Your message has an answer',
        body: 'We have answered the message you sent on ((sentOn)).\n\nSign in to read the answer and write back if you need to.',
      },
      text: { subject: '', body: 'We have answered the message you sent on ((sentOn)). Read it:' },
      letter: {
        subject: 'Your message has an answer',
        body: 'We have answered the message you sent on ((sentOn)). Sign in to read it, or call us and we will read it to you.',
      },
    },
    legal: [],
  },
  'help-not-happening': {
    title: 'Help said not to be happening',
    when: 'To the coordinator, when a family says that something in the plan is not happening.',
    gaps: {},
    wording: {
      email: {
        subject: 'A family says that provision is not happening',
        body: 'A family has told us that a line of provision in a final plan is not happening.\n\nThe duty to secure it runs from the day of the plan. Sign in to read what they say and to answer them.',
      },
      text: {
        subject: '',
        body: 'A family says that provision in a plan of yours is not happening. Read it and answer:',
      },
      letter: {
        subject: 'A family says that provision is not happening',
        body: 'A family has told us that a line of provision in a final plan is not happening. Sign in to read what they say and to answer them.',
      },
    },
    legal: [],
  },
  'help-answered': {
    title: 'Answer about help that is not happening',
    when: 'To whoever of the family told us that something in the plan is not happening, when it is answered.',
    gaps: { toldOn: day('the day they told us', '2026-12-01') },
    wording: {
      email: {
        subject: 'We have answered you about help in the plan',
        body: 'On ((toldOn)) you told us that some help in the plan is not happening. We have answered you.\n\nSign in to read our answer. If the help is still not happening, tell us again there.',
      },
      text: {
        subject: '',
        body: 'You told us on ((toldOn)) that some help is not happening. Read our answer, or tell us again:',
      },
      letter: {
        subject: 'We have answered you about help in the plan',
        body: 'On ((toldOn)) you told us that some help in the plan is not happening. We have answered you.\n\nSign in to read our answer, or call us and we will read it to you. If the help is still not happening, tell us again.',
      },
    },
    legal: COMPLAIN,
  },
  'coordinator-changed': {
    title: 'Coordinator changed',
    when: 'To the family and the setting, when somebody else takes the case on.',
    gaps: {
      coordinator: words('the name of the new coordinator', 'Cora Coombes'),
      from: day('the first day', '2026-12-01'),
    },
    wording: {
      email: {
        subject: 'You have a new coordinator',
        body: 'From ((from)) your coordinator is ((coordinator)).\n\nYou do not need to do anything. Everything you told us before is on the record they read. Sign in to write to them.',
      },
      text: { subject: '', body: 'From ((from)) your coordinator is ((coordinator)). How to reach them:' },
      letter: {
        subject: 'You have a new coordinator',
        body: 'From ((from)) your coordinator is ((coordinator)).\n\nYou do not need to do anything. Everything you told us before is on the record they read.',
      },
    },
    legal: [],
  },
  'date-set': {
    title: 'A date has been set',
    when: 'To the family or the setting, when a meeting or a visit is given its date.',
    gaps: {
      what: words('what it is for', 'a meeting about the draft plan'),
      on: day('the day', '2027-02-10'),
    },
    wording: {
      email: {
        subject: 'A date has been set',
        body: 'A date has been set for ((what)): ((on)).\n\nSign in to see the time and the place, and to tell us if you cannot come.',
      },
      text: {
        subject: '',
        body: 'A date has been set for ((what)): ((on)). Time and place, or if you cannot come:',
      },
      letter: {
        subject: 'A date has been set',
        body: 'A date has been set for ((what)): ((on)).\n\nSign in to see the time and the place, or call us. Tell us if you cannot come.',
      },
    },
    legal: [],
  },
  'date-missed': {
    title: 'We missed a date',
    when: 'To the family, on the day after a date the law set for the council has passed.',
    gaps: {
      what: words('what was due', 'to send you the draft plan'),
      wasDue: day('the day it was due', '2026-11-20'),
    },
    wording: {
      email: {
        subject: 'We are late, and we are sorry',
        body: 'We had until ((wasDue)) ((what)). We have not done it. We are sorry.\n\nIt is our move, not yours. Sign in to see what is holding it up and to ask us about it.',
      },
      text: {
        subject: '',
        body: 'We had until ((wasDue)) ((what)). We have not done it and we are sorry. What is holding it up, and your rights:',
      },
      letter: {
        subject: 'We are late, and we are sorry',
        body: 'We had until ((wasDue)) ((what)). We have not done it. We are sorry.\n\nIt is our move, not yours. Sign in to see what is holding it up, or call us.',
      },
    },
    legal: COMPLAIN,
  },
  'task-for-a-setting': {
    title: 'Task for a setting',
    when: 'To a school, college or nursery that is asked for advice or consulted.',
    gaps: {
      what: words('what is asked', 'advice for an EHC needs assessment'),
      dueOn: day('the day it is due', '2027-01-04'),
    },
    wording: {
      email: {
        subject: 'The council asks your setting for something',
        body: 'We ask your setting for ((what)).\n\nIt is due by ((dueOn)). Sign in to see who it is about and to answer.',
      },
      text: {
        subject: '',
        body: 'The council asks your setting for ((what)), due by ((dueOn)). Sign in to answer:',
      },
      letter: {
        subject: 'The council asks your setting for something',
        body: 'We ask your setting for ((what)). It is due by ((dueOn)). Sign in to see who it is about and to answer.',
      },
    },
    legal: [],
  },
  'advice-asked': {
    title: 'Advice asked for',
    when: 'To a professional who is asked for advice in an assessment.',
    gaps: { dueOn: day('the day it is due', '2027-01-04') },
    wording: {
      email: {
        subject: 'You are asked for advice',
        body: 'You are asked for advice in an EHC needs assessment.\n\nIt is due by ((dueOn)). Sign in to see who it is about and what is already known, and to write it, decline it or pass it to a colleague.',
      },
      text: {
        subject: '',
        body: 'You are asked for advice in an EHC needs assessment, due by ((dueOn)). Sign in to see it:',
      },
      letter: {
        subject: 'You are asked for advice',
        body: 'You are asked for advice in an EHC needs assessment. It is due by ((dueOn)). Sign in to see who it is about.',
      },
    },
    legal: [],
  },
  'advice-handed-on': {
    title: 'Advice passed on or declined',
    when: 'To whoever answers for the service and to the coordinator, when advice is passed to a colleague or declined.',
    gaps: {
      what: words('what was done, in general words', 'passed to a colleague'),
      by: words('who did it', 'Priya Elwood'),
    },
    wording: {
      email: {
        subject: 'Advice was passed on or declined',
        body: 'Advice for an EHC needs assessment was ((what)) by ((by)).\n\nSign in to read the reason and to see who has it now. The day it is due has not moved.',
      },
      text: {
        subject: '',
        body: 'Advice for an EHC needs assessment was ((what)) by ((by)). The day it is due has not moved. Reason, and who has it:',
      },
      letter: {
        subject: 'Advice was passed on or declined',
        body: 'Advice for an EHC needs assessment was ((what)) by ((by)). Sign in to read the reason and to see who has it now. The day it is due has not moved.',
      },
    },
    legal: [],
  },
  'question-answered': {
    title: 'Question answered',
    when: 'To whoever asked at a setting, when the specialists of a locality answer their question.',
    gaps: { askedOn: day('the day they asked', '2026-11-20') },
    wording: {
      email: {
        subject: 'Your question to a specialist has an answer',
        body: 'The locality team has answered the question you asked on ((askedOn)).\n\nSign in to read it. If you later ask for an assessment, the answer can go with your request.',
      },
      text: {
        subject: '',
        body: 'The locality team has answered the question you asked on ((askedOn)). Read it:',
      },
      letter: {
        subject: 'Your question to a specialist has an answer',
        body: 'The locality team has answered the question you asked on ((askedOn)). Sign in to read it.',
      },
    },
    legal: [],
  },
  'added-to-a-setting': {
    title: 'Added to the people of a setting',
    when: 'To somebody whose setting adds them to its people.',
    gaps: {
      setting: words('the setting', 'Larkfield Primary School'),
      by: words('who added them', 'Sam Costa'),
    },
    wording: {
      email: {
        subject: 'You can now sign in for your setting',
        body: '((by)) has added you to the people of ((setting)).\n\nYou need no password. Go to the page, give this email address, and we send you a link to sign in. If you do not work there, tell ((by)).',
      },
      text: {
        subject: '',
        body: '((by)) has added you to the people of ((setting)). You need no password: give your email address and we send you a link.',
      },
      letter: {
        subject: 'You can now sign in for your setting',
        body: '((by)) has added you to the people of ((setting)). You need no password: give your email address and we send you a link to sign in.',
      },
    },
    legal: [],
  },
  'due-soon': {
    title: 'Due soon',
    when: 'To whoever has something to do, five days before it is due.',
    gaps: {
      what: words('what is due', 'the advice you were asked for'),
      dueOn: day('the day it is due', '2027-01-04'),
    },
    wording: {
      email: {
        subject: 'Something is due soon',
        body: 'This is due by ((dueOn)): ((what)).\n\nSign in to do it, or to say why it cannot be done in time.',
      },
      text: { subject: '', body: 'This is due by ((dueOn)): ((what)). Sign in to do it:' },
      letter: {
        subject: 'Something is due soon',
        body: 'This is due by ((dueOn)): ((what)). Sign in to do it, or tell us why it cannot be done in time.',
      },
    },
    legal: [],
  },
  'break-glass': {
    title: 'A record was opened in an emergency',
    when: 'To a manager, when somebody opens a record that is not theirs and gives a reason.',
    gaps: {
      who: words('who opened it', 'Colin Dhillon'),
      on: day('the day', '2026-11-23'),
    },
    wording: {
      email: {
        subject: 'A record was opened in an emergency',
        body: '((who)) opened a record outside their own work on ((on)) and gave a reason.\n\nSign in to read the reason and to say whether it was right.',
      },
      text: {
        subject: '',
        body: '((who)) opened a record outside their own work on ((on)). Check the reason:',
      },
      letter: {
        subject: 'A record was opened in an emergency',
        body: '((who)) opened a record outside their own work on ((on)) and gave a reason. Sign in to check it.',
      },
    },
    legal: [],
  },
} as const satisfies Readonly<Record<string, TemplateShape>>

export type TemplateKey = keyof typeof TEMPLATES
export const TEMPLATE_KEYS = Object.keys(TEMPLATES) as TemplateKey[]

/** What a template's gaps are filled with: a day as yyyy-mm-dd, or words. */
export type ValuesOf<K extends TemplateKey> = Readonly<Record<keyof (typeof TEMPLATES)[K]['gaps'], string>>

export interface Template extends TemplateShape {
  readonly key: TemplateKey
}

/** The template of a key; undefined for anything else. */
export const findTemplate = (key: string | undefined): Template | undefined =>
  key !== undefined && Object.hasOwn(TEMPLATES, key)
    ? { key: key as TemplateKey, ...TEMPLATES[key as TemplateKey] }
    : undefined

import type { AdviceHead } from '../../law/index.ts'
import { addDays, date, longDate } from '../../law/index.ts'
import {
  adviceDueOn,
  amendedPlanDueOn,
  amendmentPeriod,
  commentPeriod,
  dayInWords,
  decisionDueOn,
  finalPlanDueOn,
  isAdviceLate,
} from './dates.ts'
import type { ComposeDetails, Frame, LetterKind, Section } from './kinds.ts'
import { contactWords, rightsSections } from './rights.ts'

/** What each head of reg 6(1) asks for, as told to who is asked. */
export const HEAD_WORDS = {
  parent: 'your views and evidence as parent or young person (regulation 6(1)(a))',
  educational: 'educational advice (regulation 6(1)(b))',
  'armed-forces':
    'advice from the Secretary of State for Defence, because a parent serves in the armed forces (regulation 6(1)(b))',
  medical: 'medical advice from a health care professional (regulation 6(1)(c))',
  psychological: 'psychological advice from an educational psychologist (regulation 6(1)(d))',
  'social-care': 'social care advice (regulation 6(1)(e))',
  other: 'other advice that we think is needed (regulation 6(1)(f))',
  'preparing-for-adulthood':
    'advice about preparing for adulthood and independent living (regulation 6(1)(g))',
  'requested-by-family': 'advice that the family asked us to seek from you (regulation 6(1)(h))',
} as const satisfies Record<AdviceHead, string>

const isOrganisation = (frame: Frame): boolean => frame.addressee.role === 'organisation'
/** "you" to a young person; the child's given name to anyone else. */
const them = (frame: Frame): string =>
  frame.addressee.role === 'young-person' ? 'you' : frame.child.givenName
const full = (frame: Frame): string => (frame.addressee.role === 'young-person' ? 'you' : frame.child.name)

const lines = (typed: string): readonly string[] =>
  typed
    .split(/\r?\n+/)
    .map((line) => line.trim())
    .filter(Boolean)

const help = (frame: Frame): Section => ({
  heading: 'Questions, and someone to talk to',
  paragraphs: [
    `Contact us: ${contactWords(frame.sendOffice)}. Give the reference ${frame.reference}.`,
    `For free, impartial information, advice and support: ${contactWords(frame.informationService)}.`,
  ],
})

const office = (frame: Frame): Section => ({
  heading: 'Questions',
  paragraphs: [`Contact us: ${contactWords(frame.sendOffice)}. Give the reference ${frame.reference}.`],
})

const closing = (frame: Frame): Section => (isOrganisation(frame) ? office(frame) : help(frame))

const adviceAsked = ({ frame, head, enclosed }: ComposeDetails<'advice-request'>): readonly Section[] => [
  {
    part: 'advice-wanted',
    heading: null,
    paragraphs: [
      `We are carrying out an EHC needs assessment of ${frame.child.name}. The law requires us to ask for ${HEAD_WORDS[head]}.`,
      'Please tell us about the needs, the provision that may be required to meet them, and the outcomes expected from it. Be clear and specific: say what, how much, how often and by whom. If you have nothing to report, please tell us that: it is an answer.',
    ],
  },
  ...(enclosed === undefined || enclosed.length === 0
    ? []
    : [
        {
          heading: 'What the family has told us',
          paragraphs: ['The family’s views and evidence are sent with this letter (regulation 6(3)):'],
          list: enclosed,
        },
      ]),
  {
    part: 'reply-by',
    heading: 'When we need it',
    paragraphs: [
      `Please answer as soon as you can, and at the latest by ${adviceDueOn(frame.sentOn)} (6 weeks from the day you receive this, taken to be the day it was sent).`,
    ],
  },
  office(frame),
]

/** Reg 6(1)(a), in plain words: a parent or young person gives views and evidence, not advice. */
const viewsAsked = ({ frame }: ComposeDetails<'advice-request'>): readonly Section[] => [
  {
    part: 'advice-wanted',
    heading: null,
    paragraphs: [
      `We are carrying out an EHC needs assessment of ${full(frame)}. We must ask for your views and any evidence you want us to see (regulation 6(1)(a)), and we want to know what you think.`,
      'Use your own words. There is no form to fill in and no right length. You can write to us, telephone us or ask to meet us. You might tell us:',
    ],
    list: [
      `what is going well for ${them(frame)}, and what is hard`,
      `what help ${them(frame)} ${frame.addressee.role === 'young-person' ? 'have' : 'has'} now, and how well it works`,
      `what help you think ${them(frame)} ${frame.addressee.role === 'young-person' ? 'need' : 'needs'}`,
      'your hopes for the future',
    ],
  },
  {
    heading: 'Reports and letters you have',
    paragraphs: [
      'You can send us copies of any reports or letters that you would like us to take into account. By law we must give a copy of your views, and of what you send us, to everyone we ask for advice.',
    ],
  },
  {
    part: 'reply-by',
    heading: 'When we would like to hear from you',
    paragraphs: [
      `Please tell us by ${adviceDueOn(frame.sentOn)} if you can, so that what you say is there from the start. You can tell us more after that. If you have nothing to add to what you have already told us, you do not need to do anything.`,
    ],
  },
  help(frame),
]

const adviceChased = ({
  frame,
  head,
  askedOn,
  chase,
}: ComposeDetails<'advice-chase'>): readonly Section[] => [
  {
    part: 'advice-overdue',
    heading: null,
    paragraphs: [
      `On ${dayInWords(askedOn)} we asked for ${HEAD_WORDS[head]} for the EHC needs assessment of ${frame.child.name}. It has not reached us.${chase > 1 ? ` This is reminder ${chase}.` : ''}`,
    ],
  },
  {
    part: 'reply-by',
    heading: 'When it is due',
    paragraphs: [
      `It is due by ${adviceDueOn(askedOn)}. ${isAdviceLate(askedOn, frame.sentOn) ? 'That day has passed: please send it now.' : 'Please send it as soon as you can.'}`,
      'If you have nothing to report, tell us so. If you cannot answer, tell us why, and who can. If you have sent it, please send it again.',
    ],
  },
  office(frame),
]

const viewsChased = ({ frame, askedOn }: ComposeDetails<'advice-chase'>): readonly Section[] => [
  {
    part: 'advice-overdue',
    heading: null,
    paragraphs: [
      `On ${dayInWords(askedOn)} we asked for your views for the EHC needs assessment of ${full(frame)}. We have not had them, and we would like to hear from you.`,
    ],
  },
  {
    part: 'reply-by',
    heading: 'When we would like to hear from you',
    paragraphs: [
      isAdviceLate(askedOn, frame.sentOn)
        ? `We asked for them by ${adviceDueOn(askedOn)}. You can still send them, or tell us by telephone or at a meeting.`
        : `Please tell us by ${adviceDueOn(askedOn)} if you can: in writing, by telephone or at a meeting.`,
      'If you do not want to add anything, tell us so and we will not ask again. If you have sent them, please tell us.',
    ],
  },
  help(frame),
]

const rightToAskForASetting: Section = {
  part: 'right-to-ask-for-a-setting',
  heading: 'Your right to ask for a school or college',
  paragraphs: [
    'You have the right to ask us to name a particular school, college or other setting in the plan. It may be: a maintained school or nursery; an Academy, including an alternative provision Academy; a further education college; a non-maintained special school; or an independent school or specialist college approved under section 41 of the Children and Families Act 2014. You can also tell us of any other you would like.',
    'We must name it unless it would be unsuitable for the age, ability, aptitude or needs in the plan, or would be incompatible with the efficient education of others or the efficient use of resources.',
  ],
}

const meetingSection = (frame: Frame, about: string): Section => ({
  part: 'meeting',
  heading: 'A meeting with us',
  paragraphs: [
    `If you ask within those 15 days, an officer of ${frame.authorityName} must meet you to talk about ${about}. Contact us: ${contactWords(frame.sendOffice)}.`,
  ],
})

const whereInformationIs = (frame: Frame): Section => ({
  part: 'where-information-is',
  heading: 'Where to find out about schools and colleges',
  paragraphs: [
    `Schools and colleges are listed in our Local Offer${frame.sendOffice.website ? `, at ${frame.sendOffice.website}` : ''}, and at get-information-schools.service.gov.uk. The list of independent schools and colleges approved under section 41 is on GOV.UK.`,
  ],
})

/** The sections of each letter, in order. A typed word goes only where a reason or a description belongs. */
export const WORDING: { readonly [K in LetterKind]: (details: ComposeDetails<K>) => readonly Section[] } = {
  'considering-assessment': ({ frame, receivedOn }) => [
    {
      part: 'considering',
      heading: null,
      paragraphs: [
        `We are considering whether to carry out an education, health and care (EHC) needs assessment of ${full(frame)}. The request reached us on ${dayInWords(receivedOn)}.`,
        isOrganisation(frame)
          ? 'We tell you because the law requires it. We may ask you for advice; please tell us now if there is anything we should know in deciding.'
          : `We must decide, and tell you, as soon as we can and at the latest by ${decisionDueOn(receivedOn)}.`,
      ],
    },
    ...(isOrganisation(frame)
      ? []
      : [
          {
            part: 'right-to-views',
            heading: 'Tell us what you think',
            paragraphs: [
              'You have the right to give us your views, in writing or by speaking to us, and to send us evidence. Please do so soon, so that we can take them into account before we decide.',
            ],
          } as const,
        ]),
    closing(frame),
  ],
  'decided-to-assess': ({ frame, receivedOn, following }) => [
    {
      part: 'decision',
      heading: null,
      paragraphs: [
        `We have decided to carry out an EHC needs assessment of ${full(frame)}.${following ? ` This follows ${following}.` : ''}`,
        ...(isOrganisation(frame)
          ? ['If we need advice from you, we will ask for it in a separate letter.']
          : [
              `We will ask for advice about ${them(frame)} from education, health, social care and an educational psychologist, and for your own views. If there is anybody else you would like us to ask, tell us.`,
              ...(receivedOn === null || following
                ? []
                : [
                    `If a plan is needed, we must send the final plan as soon as we can and at the latest by ${finalPlanDueOn(receivedOn)}.`,
                  ]),
            ]),
      ],
    },
    closing(frame),
  ],
  'refused-to-assess': ({ frame, reasons, evidence }) =>
    isOrganisation(frame)
      ? [
          {
            part: 'decision',
            heading: null,
            paragraphs: [
              `We have decided not to carry out an EHC needs assessment of ${frame.child.name}. The family has been told.`,
            ],
          },
          office(frame),
        ]
      : [
          {
            part: 'decision',
            heading: null,
            paragraphs: [`We have decided not to carry out an EHC needs assessment of ${full(frame)}.`],
          },
          {
            part: 'reasons',
            heading: 'Our reasons',
            paragraphs: [
              ...lines(reasons),
              ...(evidence ? [`What we considered: ${lines(evidence).join(' ')}`] : []),
            ],
          },
          ...rightsSections('refused-to-assess', frame),
        ],
  'advice-request': (details) => (isOrganisation(details.frame) ? adviceAsked(details) : viewsAsked(details)),
  'advice-chase': (details) => (isOrganisation(details.frame) ? adviceChased(details) : viewsChased(details)),
  'decided-not-to-issue': ({ frame, reasons }) =>
    isOrganisation(frame)
      ? [
          {
            part: 'decision',
            heading: null,
            paragraphs: [
              `After an EHC needs assessment of ${frame.child.name}, we have decided not to make an EHC plan. The family has been told.`,
            ],
          },
          office(frame),
        ]
      : [
          {
            part: 'decision',
            heading: null,
            paragraphs: [
              `We have finished the EHC needs assessment and have decided that an EHC plan is not necessary for ${full(frame)}.`,
            ],
          },
          { part: 'reasons', heading: 'Our reasons', paragraphs: lines(reasons) },
          ...rightsSections('decided-not-to-issue', frame),
        ],
  'draft-plan': ({ frame, appendices, again, servedOn }) => {
    const period = commentPeriod(servedOn ?? frame.sentOn)
    return [
      {
        heading: null,
        paragraphs: [
          `With this letter is ${again ? 'a further' : 'the'} draft EHC plan for ${full(frame)}. Please check that it is right. It does not name a school, college or other setting, or a type: the law says a draft must not.`,
          'Sections B, F and I are those you could appeal about once the plan is final, so please look at B and F with most care.',
        ],
        ...(appendices.length > 0 ? { list: appendices.map((one) => `Sent with the draft: ${one}`) } : {}),
      },
      {
        part: 'right-to-comment',
        heading: 'Your right to comment',
        paragraphs: [
          'You have the right to tell us what you think of the content of the draft plan: in writing, by telephone or at a meeting. We must consider what you say before the plan is made final.',
        ],
      },
      rightToAskForASetting,
      {
        part: 'comment-period',
        heading: 'Your 15 days',
        paragraphs: [
          `You have at least 15 days, counting the day this is served on you as the first. The first day is ${longDate(period.first)} and the last is ${longDate(period.last)}. Please send your comments, and the name of the setting you want, in that time. We must not make the plan final before ${longDate(period.earliestFinal)}.`,
        ],
      },
      meetingSection(frame, 'the draft'),
      whereInformationIs(frame),
      help(frame),
    ]
  },
  'final-plan': ({ frame, placement, planDate }) => [
    {
      part: 'decision',
      heading: null,
      paragraphs: [
        `With this letter is the final EHC plan for ${full(frame)}, dated ${longDate(date(planDate))}. Section I ${placement}.`,
        ...(isOrganisation(frame)
          ? [
              'The provision in the plan must be made from the date of the plan. You are sent it because the law requires it: keep it secure, and share it only where the law allows.',
            ]
          : [
              'We must make sure that the special educational provision in section F is made from the date of the plan. It must be reviewed within 12 months.',
            ]),
      ],
    },
    ...(isOrganisation(frame) ? [office(frame)] : rightsSections('final-plan', frame)),
  ],
  'amendment-notice': ({ frame, reasons, changes, evidence, afterReview, servedOn }) => {
    const period = amendmentPeriod(servedOn ?? frame.sentOn)
    return [
      {
        part: 'copy-of-the-plan',
        heading: null,
        paragraphs: [
          `We want to change the EHC plan for ${full(frame)}${afterReview ? ', after the review of it' : ''}. With this letter is a copy of the plan as it is now, and one with the changes in it. Nothing in the plan changes until we send you the final changed plan.`,
        ],
      },
      {
        part: 'proposed-changes',
        heading: 'The changes we propose',
        paragraphs: [...lines(reasons), 'These are the changes:'],
        list: changes,
      },
      {
        part: 'evidence',
        heading: 'The evidence for them',
        paragraphs: [
          evidence.length > 0
            ? 'Sent with this letter:'
            : 'There are no papers beside the plan itself that these changes rest on.',
        ],
        ...(evidence.length > 0 ? { list: evidence } : {}),
      },
      {
        part: 'right-to-comment',
        heading: 'Your right to comment',
        paragraphs: [
          'You have the right to tell us what you think of these changes: in writing, by telephone or at a meeting. We must consider what you say before the changed plan is made final.',
        ],
      },
      rightToAskForASetting,
      {
        part: 'comment-period',
        heading: 'Your 15 days',
        paragraphs: [
          `You have at least 15 days, counting the day this is served on you as the first. The first day is ${longDate(period.first)} and the last is ${longDate(period.last)}. Please send your comments, and the name of the setting you want, in that time. We must not make the changed plan final before ${longDate(period.earliestFinal)}.`,
          `We must send you the final changed plan, or tell you that we have decided not to change it, as soon as we can and at the latest by ${amendedPlanDueOn(frame.sentOn)} (8 weeks from the day this was sent).`,
        ],
      },
      meetingSection(frame, 'the changes'),
      whereInformationIs(frame),
      help(frame),
    ]
  },
  'amended-final-plan': ({ frame, placement, planDate, ground, changes }) => [
    {
      part: 'decision',
      heading: null,
      paragraphs: [
        `With this letter is the final changed EHC plan for ${full(frame)}, dated ${longDate(date(planDate))}. Section I ${placement}.`,
        ...(ground ? [ground] : []),
        ...(isOrganisation(frame)
          ? [
              'The provision in the changed plan must be made from this day. You are sent it because the law requires it: keep it secure, and share it only where the law allows.',
            ]
          : [
              'We must make sure that the special educational provision in section F of the changed plan is made from this day. These are the changes:',
            ]),
      ],
      ...(isOrganisation(frame) ? {} : { list: changes }),
    },
    ...(isOrganisation(frame) ? [office(frame)] : rightsSections('amended-final-plan', frame)),
  ],
  'amendment-declined': ({ frame, reasons, noticeOn }) => [
    {
      part: 'decision',
      heading: null,
      paragraphs: [
        `On ${dayInWords(noticeOn)} we told you that we wanted to change the EHC plan for ${full(frame)}. We have decided not to change it. The plan stays as it is, and all that is in it must still be done.`,
      ],
    },
    { part: 'reasons', heading: 'Our reasons', paragraphs: lines(reasons) },
    ...rightsSections('amendment-declined', frame),
  ],
  'request-withdrawn': ({ frame, withdrawnBy }) => [
    {
      part: 'withdrawn',
      heading: null,
      paragraphs: [
        `The request for an EHC needs assessment of ${full(frame)} has been withdrawn${isOrganisation(frame) ? '' : ` by ${withdrawnBy}`}. We have stopped the assessment.`,
        ...(isOrganisation(frame)
          ? []
          : [
              'If this is a mistake, tell us straight away and we will open it again. You can make a new request at any time.',
            ]),
      ],
    },
    closing(frame),
  ],
  'setting-consultation': ({ frame }) => [
    {
      part: 'consultation',
      heading: null,
      paragraphs: [
        `We are considering naming ${frame.addressee.name} in the EHC plan of ${frame.child.name}, and the law requires us to consult you first. The draft plan and its appendices are sent with this letter, in your copy of the case papers.`,
        'Please tell us whether you can make the provision in the draft plan. If you think that naming you would be unsuitable for the age, ability, aptitude or special educational needs described, or incompatible with the efficient education of others or the efficient use of resources, say why, with evidence, and what steps could be taken.',
      ],
    },
    {
      part: 'consultation-reply',
      heading: 'When we need your answer',
      paragraphs: [
        `Please answer by ${longDate(addDays(date(frame.sentOn), 15))}. The SEND Code of Practice says within 15 days. We may go on without an answer, and school holidays do not lengthen the time.`,
      ],
    },
    office(frame),
  ],
}

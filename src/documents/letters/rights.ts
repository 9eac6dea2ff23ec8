import { type AppealDates, appealDates } from './dates.ts'
import type { Frame, LetterKind, Office, Section } from './kinds.ts'

type Appealable = Extract<
  LetterKind,
  'refused-to-assess' | 'decided-not-to-issue' | 'final-plan' | 'amended-final-plan' | 'amendment-declined'
>

const FACT = {
  'refused-to-assess': 'refused_to_assess',
  'decided-not-to-issue': 'decided_not_to_issue',
  'final-plan': 'final_issued',
  'amended-final-plan': 'amended_final_issued',
  'amendment-declined': 'amendment_declined',
} as const

/** A plan that is final, for the first time or again: the appeal may be about section I alone. */
const isOfAPlan = (kind: Appealable): boolean => kind === 'final-plan' || kind === 'amended-final-plan'

/** A contact point as one line of words. */
export const contactWords = (office: Office): string =>
  [
    office.name,
    office.address,
    office.phone && `telephone ${office.phone}`,
    office.email && `email ${office.email}`,
    office.website,
  ]
    .filter(Boolean)
    .join('; ')

/**
 * The family's rights, in fixed words. Nobody can edit these from a screen: only the dates, the names and the contact
 * points change. Reg 5(3), 10(3), 14(2), 22(5); reg 32 for mediation.
 */
export function rightsSections(kind: Appealable, frame: Frame): readonly Section[] {
  const dates = appealDates(FACT[kind], frame.sentOn)
  return [
    rightOfAppeal(kind, frame),
    timeLimits(kind, dates),
    ...mediationSections(kind, frame, dates),
    {
      part: 'disagreement-resolution',
      heading: 'Help to settle a disagreement',
      paragraphs: [
        'Disagreement resolution is a separate, voluntary service. It can help you and us, or the school or college, or the health body, to settle a disagreement about how we carried out our duties or about the help given. You do not need to use it before you appeal, and using it does not stop or delay an appeal.',
        `To ask for it, contact us: ${contactWords(frame.sendOffice)}.`,
      ],
    },
    {
      part: 'information-and-advice',
      heading: 'Free, impartial information and advice',
      paragraphs: [
        `You can get free, confidential and impartial information, advice and support from ${contactWords(frame.informationService)}. They can explain this letter, help you decide what to do, and go to meetings with you.`,
      ],
    },
    ...(kind === 'refused-to-assess'
      ? []
      : [
          {
            part: 'tribunal-recommendations',
            heading: 'Health and social care at the tribunal',
            paragraphs: [
              'If you appeal about special educational needs or provision, you can also ask the tribunal to make recommendations about health and social care needs, and about health and social care provision. A recommendation is not an order, but the body it is made to must answer in writing and say what it will do, or give its reasons for not doing it.',
            ],
          } as const,
        ]),
  ]
}

function rightOfAppeal(kind: Appealable, frame: Frame): Section {
  const aboutThePlan =
    'the special educational needs in section B, the special educational provision in section F, and the school, college or other setting (or the type) in section I, or the fact that none is named'
  const what = {
    'refused-to-assess': 'our decision not to carry out an EHC needs assessment',
    'decided-not-to-issue': 'our decision not to make an EHC plan',
    'final-plan': aboutThePlan,
    'amended-final-plan': aboutThePlan,
    'amendment-declined': 'our decision not to change the EHC plan',
  }[kind]
  return {
    part: 'right-of-appeal',
    heading: 'Your right of appeal',
    paragraphs: [
      `You have the right to appeal to the First-tier Tribunal (Special Educational Needs and Disability) about ${what}. The tribunal is independent of ${frame.authorityName}. There is no fee.`,
      'Appeal to the First-tier Tribunal (Special Educational Needs and Disability), not to us. The appeal form, and how and where to send it, are at www.gov.uk/appeal-ehc-plan-decision.',
    ],
  }
}

function timeLimits(kind: Appealable, dates: AppealDates): Section {
  return {
    part: 'appeal-time-limits',
    heading: 'Time limits for an appeal',
    paragraphs: [
      `The tribunal must receive your appeal by ${dates.appealBy} (2 months from the day this letter was sent), or within 1 month of the date on your mediation certificate, whichever is the later.`,
      `If the last day falls on a day that is not a working day, or in August, or from 25 December to 1 January, you have until the next working day after it. That has been allowed for in the date above. The tribunal may accept a late appeal if you ask and give your reasons.`,
      ...(isOfAPlan(kind)
        ? ['You do not need a mediation certificate for an appeal that is only about section I.']
        : []),
    ],
  }
}

function mediationSections(kind: Appealable, frame: Frame, dates: AppealDates): readonly Section[] {
  return [
    {
      part: 'mediation-right',
      heading: 'Your right to mediation',
      paragraphs: [
        `You have the right to mediation: a meeting with us, and with the health body where it concerns them, led by a trained person who is independent of us. It costs you nothing. You do not have to take part.`,
      ],
    },
    {
      part: 'mediation-certificate',
      heading: 'You need a certificate before you appeal',
      paragraphs: [
        `Before you can appeal you must speak to a mediation adviser, who will tell you about mediation, and get a certificate from them. You can have the certificate whether or not you choose mediation.${isOfAPlan(kind) ? ' The only exception is an appeal about section I alone.' : ''}`,
      ],
    },
    {
      part: 'mediation-adviser',
      heading: 'The mediation adviser',
      paragraphs: [`Contact: ${contactWords(frame.mediationAdviser)}.`],
    },
    {
      part: 'mediation-timescales',
      heading: 'Timescales for mediation',
      paragraphs: [
        `Contact the mediation adviser by ${dates.contactAdviserBy} (2 months from the day this letter was sent).`,
        `If you do not want mediation, the adviser must send your certificate within 3 working days of your telling them so. If you do, we must arrange the mediation within 30 days, and you will have your certificate within 3 working days of its end.`,
      ],
    },
    {
      part: 'mediation-tell-us',
      heading: 'If you want mediation, tell us',
      paragraphs: [
        `You must tell us that you want mediation, and what you disagree with. If one of the things is that there is no health care provision in the plan, or not the provision you want, tell us what health care provision you want.`,
      ],
    },
    {
      part: 'mediation-our-contact',
      heading: 'Who to tell',
      paragraphs: [`Tell us at: ${contactWords(frame.sendOffice)}. Give the reference ${frame.reference}.`],
    },
  ]
}

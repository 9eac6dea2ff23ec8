import type { FactSpecification } from './specification.ts'

/** Facts of mediation, appeals, orders, recommendations and complaints. */
export const disputeKinds = {
  mediation_adviser_contacted: {
    label: 'Mediation adviser contacted',
    meaning: 'The family told the mediation adviser that they wish to appeal (reg 33).',
    lane: 'mediation',
  },
  mediation_declined: {
    label: 'Mediation not wanted',
    meaning: 'The family told the adviser that they do not want mediation (s.55(4)).',
    lane: 'mediation',
  },
  mediation_requested: {
    label: 'Mediation wanted',
    meaning: 'The authority was told that the family wants mediation (s.53, s.54).',
    lane: 'mediation',
    optional: ['issues'],
  },
  mediation_health_notified: {
    label: 'Health bodies told of mediation issues',
    meaning: 'The commissioning bodies were told the health issues (reg 35(2)).',
    lane: 'mediation',
    optional: ['receivedOn', 'issues'],
  },
  mediation_arranged: {
    label: 'Mediation arranged',
    meaning: 'Mediation was arranged.',
    lane: 'mediation',
  },
  mediation_date_notified: {
    label: 'Told the mediation date and place',
    meaning: 'The family was told the date and place (reg 37(2)).',
    lane: 'mediation',
  },
  mediation: {
    label: 'Mediation',
    meaning: 'The mediation, arranged or held. If held over days, the day it concluded.',
    lane: 'mediation',
    plannable: true,
  },
  mediation_cannot_be_arranged: {
    label: 'Mediation cannot be arranged in time',
    meaning: 'The authority realised that it cannot arrange mediation in 30 days (reg 39(2)).',
    lane: 'mediation',
  },
  mediation_adviser_told_unable: {
    label: 'Adviser told mediation cannot be arranged',
    meaning: 'The adviser was told that mediation cannot be arranged in time (reg 39(2)).',
    lane: 'mediation',
  },
  mediation_certificate_issued: {
    label: 'Mediation certificate issued',
    meaning: 'The adviser issued a certificate (s.55).',
    lane: 'mediation',
  },
  mediation_agreement: {
    label: 'Mediation agreement',
    meaning: 'The written agreement was made (reg 42).',
    lane: 'mediation',
    required: ['matter'],
    optional: ['agreed', 'authorityParty'],
  },
  mediation_agreement_carried_out: {
    label: 'Mediation agreement carried out',
    meaning: 'What was agreed has been done.',
    lane: 'mediation',
  },
  authority_told_of_agreement: {
    label: 'Authority told of the agreement',
    meaning: 'A commissioning body told the authority of an agreement it was not party to (reg 42(4)).',
    lane: 'mediation',
  },
  appeal_lodged: {
    label: 'Appeal lodged',
    meaning: 'The tribunal received the appeal.',
    lane: 'appeal',
    optional: ['about'],
  },
  appeal_documents_received: {
    label: 'Appeal papers received',
    meaning: 'The authority received the appeal from the tribunal.',
    lane: 'appeal',
  },
  appeal_response_sent: {
    label: 'Appeal response sent',
    meaning: 'The authority’s response went to the tribunal and the family.',
    lane: 'appeal',
  },
  appeal_not_opposed: {
    label: 'Appeal not opposed',
    meaning: 'The authority told the tribunal, before responding, that it will not oppose (reg 45).',
    lane: 'appeal',
    required: ['about'],
    optional: ['alsoAmend'],
  },
  appeal_withdrawn: {
    label: 'Appeal withdrawn',
    meaning: 'The family withdrew the appeal.',
    lane: 'appeal',
  },
  tribunal_order: {
    label: 'Tribunal order',
    meaning: 'The First-tier Tribunal made an order (reg 44). sentOn when it was sent on another day (U-16).',
    lane: 'appeal',
    optional: ['order', 'sentOn'],
  },
  tribunal_reasons_sent: {
    label: 'Tribunal reasons sent',
    meaning: 'The tribunal sent written reasons, or its decision on a review.',
    lane: 'appeal',
  },
  upper_tribunal_permission_sought: {
    label: 'Permission to appeal asked for',
    meaning: 'The tribunal received an application for permission to appeal to the Upper Tribunal.',
    lane: 'appeal',
  },
  recommendation_made: {
    label: 'Tribunal recommendation',
    meaning: 'The tribunal made a health or social care recommendation (SI 2017/1306).',
    lane: 'appeal',
    required: ['area'],
  },
  recommendation_response: {
    label: 'Answer to a recommendation',
    meaning: 'The written response was made; receivedOn when the authority got the health body’s.',
    lane: 'appeal',
    required: ['area'],
    optional: ['receivedOn'],
  },
  recommendation_response_copied: {
    label: 'Answer copied to the Secretary of State',
    meaning: 'The response was copied to the Secretary of State.',
    lane: 'appeal',
    required: ['area'],
  },
  matter_known: {
    label: 'Complainant knew of the matter',
    meaning: 'The person first knew of what they complain of (Local Government Act 1974 s.26B).',
    lane: 'complaint',
  },
  complaint_made: {
    label: 'Complaint received',
    meaning: 'The authority received a complaint.',
    lane: 'complaint',
    optional: ['detail'],
  },
  complaint_acknowledged: {
    label: 'Complaint acknowledged',
    meaning: 'A complaint, or its escalation, was acknowledged and logged.',
    lane: 'complaint',
    optional: ['complaintStage'],
  },
  complaint_response: {
    label: 'Complaint answered',
    meaning: 'The full answer at a stage was sent.',
    lane: 'complaint',
    optional: ['complaintStage'],
  },
  complaint_escalated: {
    label: 'Complaint escalated',
    meaning: 'The authority received a request to take the complaint to stage 2.',
    lane: 'complaint',
  },
  ombudsman_complaint_made: {
    label: 'Complaint to the Ombudsman',
    meaning: 'The complaint was made to the Ombudsman.',
    lane: 'complaint',
  },
} as const satisfies Record<string, FactSpecification>

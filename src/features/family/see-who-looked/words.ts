/** What a look was at, in plain words. The log writes short working names; families read these. */
const EXACT: Readonly<Record<string, string>> = {
  'family: where things are': 'Opened the family’s page',
  'family: in easy words': 'Opened the family’s page in easy words',
  'family: who looked': 'Opened this list',
  'family: who can see': 'Opened the list of who can see this record',
  'choose-who-sees': 'Chose who can see this record',
  'case: overview': 'Opened the case',
  'case: dates': 'Looked at the dates of the case',
  'case: advice': 'Looked at the advice in the case',
  'case: timeline': 'Looked at what has happened in the case',
  'case: letters': 'Looked at the list of letters',
  'case: people': 'Looked at the list of people in the case',
  letter: 'Read a letter',
  worklist: 'Saw this child in a list of work',
  'worklist: spreadsheet': 'Took this child’s line out in a list of work',
  'worklist: advice due': 'Saw this child in a list of advice that is due',
  'worklist: plan reviews due': 'Saw this child in a list of reviews that are due',
  'timeliness: the cases behind a number': 'Saw this child in a list behind a figure',
  team: 'Saw this child in a list of the team’s work',
  'reassign-cases': 'Gave the case to someone else',
  'assign-a-case': 'Gave the case to someone',
  'recorded a request': 'Wrote down a request for an assessment',
  'opened the child’s page': 'Opened the child’s details',
  'files sent': 'Looked at the files that were sent',
  'whose files': 'Looked at the files that were sent',
  'advice request': 'Looked at a request for advice',
  'advice already asked for': 'Looked at what advice was asked for',
  'exception claim': 'Looked at a reason for being late',
  'who will be told of the decision': 'Checked who will be told of a decision',
  'who will be told that the request was withdrawn': 'Checked who will be told',
  'who will have the draft': 'Checked who will get the draft plan',
  'recording a request: looked for the same child': 'Checked if the child is already known to us',
  'recording a request: checked the answers': 'Checked a request before writing it down',
  'decide-whether-to-assess': 'Wrote down if there will be an assessment',
  'decide-whether-to-issue': 'Wrote down if there will be a plan',
  'ask-for-advice': 'Asked people for advice',
  'record-advice': 'Wrote down that advice came',
  'chase-advice': 'Asked again for advice that is late',
  'send-the-draft': 'Sent the draft plan',
  'record-representations': 'Wrote down what the family said about the draft',
  'consult-settings': 'Asked a school or college if it can help',
  'send-the-final-plan': 'Sent the final plan',
  'claim-an-exception': 'Wrote down a reason for being late',
  'decide-exception': 'Decided on a reason for being late',
  'write-a-note': 'Wrote a note',
  'close-the-case': 'Closed the case',
  'reopen-the-case': 'Opened the case again',
  'correct-a-fact': 'Put right something that was written down wrong',
}

const BEGINS: readonly (readonly [string, string])[] = [
  ['broke the glass', 'Opened this record in an emergency, and had to say why'],
  ['case: overview, as at', 'Looked at the case as it was on an earlier day'],
  ['case: ', 'Looked at the case'],
  ['searched by', 'Found this child in a search'],
  ['restrict a person', 'Changed who may be contacted'],
  ['opened the page:', 'Opened a page about the child’s details'],
  ['worklist', 'Saw this child in a list of work'],
  ['family: ', 'Opened a family page'],
  ['advice', 'Worked on advice'],
  ['file', 'Looked at a file'],
  ['message', 'Read or wrote a message'],
]

/** Plain words for a line of the log; a safe general phrase where a page is newer than this list. */
export function whatInWords(what: string, outcome: string): string {
  const asked = what.replace(/: question page( again)?$/, '')
  const known = EXACT[asked] ?? BEGINS.find(([start]) => asked.startsWith(start))?.[1]
  if (outcome === 'refused') return 'Tried to open something here, and was not let in'
  if (known)
    return asked === what
      ? known
      : `Opened the form for this: ${known.charAt(0).toLowerCase()}${known.slice(1)}`
  return outcome === 'changed' ? 'Changed something in this record' : 'Looked at something in this record'
}

const DOORS: Readonly<Record<string, string>> = {
  staff: 'the council',
  family: 'the family',
  setting: 'a school or college',
  professional: 'a service that gives advice',
  system: 'the computer system',
}

/** In what capacity: the job, and whom they work for. */
export const capacity = (door: string, jobTitle: string): string => {
  const from = DOORS[door] ?? 'someone else'
  if (door === 'family') return ''
  return jobTitle ? `${jobTitle}, ${from}` : from.charAt(0).toUpperCase() + from.slice(1)
}

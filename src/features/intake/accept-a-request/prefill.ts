import { dateParts } from '../../../ui/fields/index.ts'
import { formatsInWords } from '../../family/ask-for-an-assessment/index.ts'
import type { OnlineRequest } from './queries.ts'

/** What was sent, in the boxes of recording a request: nobody keys it again, and everything can be corrected. */
export function prefilled(request: OnlineRequest): Readonly<Record<string, string>> {
  const { answers } = request
  const said = (name: string): string => answers[name] ?? ''
  const isForMyself = request.askedBy === 'young-person'
  const start: Record<string, string> = {
    askedBy: request.askedBy,
    askerName: ['parent', 'young-person'].includes(request.askedBy) ? '' : request.askerName,
    givenName: said('givenName'),
    familyName: said('familyName'),
    ...dateParts('bornOn', said('bornOn')),
    sex: ['F', 'M'].includes(said('sex')) ? said('sex') : '',
    interpreter: said('interpreter'),
    addressLine: said('addressLine'),
    town: said('town'),
    postcode: said('postcode'),
    settingKind: said('learns') === 'school' ? 'in-setting' : said('learns') ? 'not-in-setting' : '',
    settingSearch: said('school'),
  }
  if (isForMyself)
    return {
      ...start,
      writeTo: 'young-person',
      youngPersonEmail: said('email'),
      youngPersonPhone: said('phone'),
    }
  if (request.askedBy !== 'parent') return start
  // Parental responsibility is for the officer to find out, not for whoever asks to say.
  return {
    ...start,
    person1Name: said('yourName'),
    person1Relationship: said('relationship'),
    person1AddressLine: said('yourAddress'),
    person1Email: said('email'),
    person1Phone: said('phone'),
  }
}

/** What the family needs to talk and read with us, for their preferences. */
export const needsOf = (request: OnlineRequest) => ({
  interpreter: request.answers['interpreter'] || null,
  formats: formatsInWords(request.answers['formats']),
  other: request.answers['otherHelp'] || null,
})

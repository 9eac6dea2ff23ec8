import { foldName } from '../../../record/names.ts'

/** First names that are one name in use: the long form, then its short and other common forms. */
const FORMS: readonly string[] = [
  'abigail abi abby',
  'albert al bert bertie',
  'alexander alex alec sandy xander lex',
  'alexandra alex sandra lexi lexie sandy',
  'alfred alf alfie fred',
  'amelia amy',
  'andrew andy drew',
  'anthony tony ant antony',
  'archibald archie',
  'arthur art artie',
  'barbara babs barb',
  'benjamin ben benji benny',
  'bradley brad',
  'cameron cam',
  'catherine cath cathy kate katie kathy katherine kathryn kitty',
  'charles charlie chas chaz',
  'charlotte charlie lottie lotte',
  'christine chris chrissie',
  'christopher chris kit topher',
  'daniel dan danny',
  'david dave davey',
  'deborah deb debbie debra',
  'dominic dom nic',
  'dorothy dot dottie',
  'edward ed eddie ted teddy ned',
  'eleanor ellie nell nellie elle elinor',
  'elizabeth liz lizzie beth betty libby bess',
  'emily em emmy',
  'ethan eth',
  'evelyn eve evie',
  'florence flo florrie flossie',
  'francesca fran frankie chess',
  'francis frank frankie',
  'frederick fred freddie freddy',
  'gabriel gabe',
  'gabrielle gabby gabi',
  'georgina georgie gina',
  'gerald gerry jerry',
  'gregory greg',
  'harriet hattie harri',
  'henry harry hal',
  'isabella isabelle isabel bella izzy issy',
  'jacob jake',
  'jacqueline jackie jacqui',
  'james jamie jim jimmy',
  'jennifer jen jenny',
  'jessica jess jessie',
  'john johnny jonny',
  'jonathan jon jonny jonty',
  'joseph joe joey',
  'joshua josh',
  'kimberley kim kimberly',
  'lawrence larry laurie laurence',
  'leonard len lenny',
  'louisa lou lulu louise',
  'lucas luke',
  'madeleine maddie maddy',
  'margaret maggie meg peggy madge',
  'matilda tilly tilda mattie',
  'matthew matt matty',
  'maxwell max',
  'maximilian max',
  'megan meg meggie',
  'michael mike mick mickey mikey',
  'mohammed mohammad muhammad mohamed muhammed mo',
  'nathaniel nathan nat nate',
  'natalie nat',
  'nicholas nick nicky nico',
  'nicola nicky nikki',
  'oliver ollie olly',
  'olivia liv livvy',
  'pamela pam',
  'patricia pat patsy trish tricia',
  'patrick pat paddy',
  'peter pete',
  'philip phil phillip pip',
  'rebecca becky becca bex',
  'reginald reg reggie',
  'richard rich richie rick ricky dick',
  'robert rob robbie bob bobby bert',
  'ronald ron ronnie',
  'rosemary rose rosie',
  'samantha sam sammy',
  'samuel sam sammy',
  'sebastian seb bas',
  'stanley stan',
  'stephanie steph',
  'stephen steve steven stevie',
  'susan sue susie',
  'thaddeus thad tad',
  'theodore theo ted teddy',
  'theresa teresa tess terri',
  'thomas tom tommy',
  'timothy tim timmy',
  'toby tobias',
  'victoria vicky tori vic',
  'vincent vince vinnie',
  'william will bill billy willie',
  'zachary zach zac zak zack',
]

const GROUPS: readonly ReadonlySet<string>[] = FORMS.map((forms) => new Set(forms.split(' ')))

const wordsOf = (name: string): readonly [first: string, rest: string] => {
  const [first = '', ...rest] = foldName(name).split(' ')
  return [first, rest.join(' ')]
}

/** A first name in every form it is known to take, itself first. */
export function formsOfFirstName(name: string): readonly string[] {
  const [first, rest] = wordsOf(name)
  const forms = GROUPS.filter((group) => group.has(first)).flatMap((group) => [...group])
  return [...new Set([first, ...forms])].map((form) => `${form} ${rest}`.trim())
}

/** The same first name, or two forms of one ("Jake" and "Jacob"). A middle name left out does not part them. */
export function isSameFirstName(a: string, b: string): boolean {
  if (foldName(a) === '' || foldName(b) === '') return false
  if (foldName(a) === foldName(b)) return true
  const [[one, oneRest], [other, otherRest]] = [wordsOf(a), wordsOf(b)]
  if (oneRest !== otherRest && oneRest !== '' && otherRest !== '') return false
  return GROUPS.some((group) => group.has(one) && group.has(other))
}

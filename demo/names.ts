import type { Chance } from './random.ts'

/**
 * Names by community. Given and family names are common ones put together by chance: nobody real is meant, and the
 * families of Dorset's public life are not used on purpose.
 */
interface Community {
  readonly girls: readonly string[]
  readonly boys: readonly string[]
  readonly women: readonly string[]
  readonly men: readonly string[]
  readonly families: readonly string[]
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/)

const british: Community = {
  girls:
    words(`Amelia Olivia Isla Ava Emily Poppy Lily Evie Freya Grace Daisy Willow Sienna Ruby Phoebe Matilda Elsie
    Florence Rosie Evelyn Ivy Harriet Molly Lola Maisie Erin Imogen Esme Thea Bethany Jasmine Holly Summer Skye Amber
    Niamh Caitlin Megan Lottie Martha Nancy Orla Penelope Robyn Scarlett Tabitha Verity Zara Chloe Eliza`),
  boys: words(`Oliver George Harry Jack Jacob Noah Charlie Thomas Oscar William James Leo Alfie Henry Joshua Freddie
    Archie Ethan Isaac Alexander Joseph Edward Samuel Max Logan Lucas Daniel Theo Arthur Mason Harrison Benjamin Toby
    Riley Finley Reuben Jake Callum Connor Dylan Ewan Frankie Jude Kai Lewis Louie Owen Rory Stanley Zachary Caleb`),
  women:
    words(`Sarah Claire Emma Rachel Louise Nicola Kelly Gemma Lisa Joanne Hannah Laura Becky Kerry Tracey Helen
    Natalie Donna Samantha Katie Jodie Leanne Amanda Charlotte Vicky Stacey Zoe Marie Lindsay Abigail Frances Heather
    Jenny Kirsty Melanie Naomi Philippa Ruth Sharon Teresa`),
  men: words(`David Mark Paul Andrew Christopher Stephen Matthew Simon Richard Daniel Lee Darren Craig Ian Gareth Stuart
    Neil Adam Robert Jason Ryan Scott Philip Martin Kevin Luke Nathan Peter Graham Shaun Adrian Barry Colin Duncan Euan
    Fraser Howard Keith Liam Russell`),
  families:
    words(`Abbott Alder Arnold Ashby Atwell Baker Barrow Bartlett Beale Bennett Billington Bishop Bolton Bond
    Bowden Brewer Bridle Brooks Burden Burt Candy Carter Chaffey Chilcott Churchill Clarke Coombs Cooper Cox Cross Crumpler
    Cuff Daniels Dawes Diment Dunford Eaton Elford Fancy Farwell Fielding Foot Ford Foster Fowler Frampton Galpin Gale
    Gibbs Gillard Gould Gray Green Guppy Hallett Hansford Hardwick Hart Harvey Hawkins Hayward Hiscock Hobbs Holland
    Honeybun Hooper House Hunt Hutchings Ingram Jeans Jenkins Jesty Joyce Keates Kellaway King Knight Lane Lacey Legg Loder
    Loveless Lucas Mabb Marsh Martin Meech Miles Mitchell Moores Mullins Newman Norman Old Oliver Orchard Parsons Paull
    Peach Pearce Pitman Pope Prince Puckett Randall Read Rendell Ridout Roberts Rolls Rowe Russell Samways Sansom Scutt
    Shaw Sheppard Shute Slade Snook Spicer Squibb Stanley Stickland Stokes Stone Strange Symes Tatchell Taylor Trask
    Travers Tuck Turner Upward Vincent Wallis Walters Warren Watts Webb Welch West Whittle Wills Winter Woolfries Yeates`),
}

const communities = {
  british,
  traveller: {
    ...british,
    families: words(
      'Ayres Bowers Cooper Doe Frankham Hughes Lee Loveridge Penfold Rawlings Scamp Smith Stokes Wells',
    ),
  },
  irish: {
    girls: words('Aoife Ciara Niamh Orla Saoirse Roisin Maeve Clodagh'),
    boys: words('Conor Cian Darragh Eoin Fionn Oisin Ronan Declan'),
    women: words('Siobhan Sinead Grainne Deirdre Aisling Bridget'),
    men: words('Padraig Brendan Cormac Diarmuid Eamon Fergal'),
    families: words("O'Brien Byrne Doyle Gallagher Kavanagh McCarthy Nolan O'Sullivan Quinn Rafferty"),
  },
  polish: {
    girls: words('Zofia Maja Hanna Lena Julia Amelia Oliwia Antonina Pola Wiktoria'),
    boys: words('Jakub Antoni Filip Szymon Jan Mikołaj Oskar Franciszek Kacper Wojciech'),
    women: words('Agnieszka Katarzyna Magdalena Monika Joanna Ewa Karolina'),
    men: words('Piotr Tomasz Krzysztof Marcin Michał Paweł Rafał'),
    families: words('Nowak Kowalczyk Wiśniewski Wójcik Mazur Krawczyk Zając Pawlak Dudek Sikora'),
  },
  romanian: {
    girls: words('Ioana Maria Elena Sofia Andreea Daria Ilinca'),
    boys: words('Andrei Matei Luca Stefan Vlad Radu Mihai'),
    women: words('Mihaela Cristina Alina Gabriela Simona'),
    men: words('Florin Cosmin Adrian Bogdan Ionut'),
    families: words('Popescu Ionescu Dumitru Stan Marin Tudor Dobre Munteanu'),
  },
  portuguese: {
    girls: words('Beatriz Leonor Matilde Carolina Inês Mariana'),
    boys: words('Tiago Duarte Afonso Rodrigo Gonçalo Tomás'),
    women: words('Ana Sandra Patrícia Filipa Catarina'),
    men: words('Rui Nuno Pedro Bruno Hugo'),
    families: words('Ferreira Santos Carvalho Almeida Gomes Ribeiro Teixeira Moreira'),
  },
  southAsian: {
    girls: words('Aisha Anaya Diya Fatima Inaya Maryam Priya Riya Saanvi Zainab Meera Ishani'),
    boys: words('Aarav Arjun Hamza Ibrahim Kabir Mohammed Rohan Yusuf Zayn Dev Imran Vihaan'),
    women: words('Anjali Farzana Kavita Nasreen Rukhsana Shabana Sunita Deepa'),
    men: words('Amit Asif Faisal Harish Imran Rajesh Sanjay Tariq'),
    families: words(
      'Ahmed Akhtar Begum Chowdhury Desai Hussain Iqbal Kaur Khan Mehta Patel Rahman Sharma Singh Thapa Gurung',
    ),
  },
  chinese: {
    girls: words('Mei Lin Jia Xin Hui Yan'),
    boys: words('Wei Jun Hao Ming Kai Chen'),
    women: words('Li Fang Xiu Ying Na'),
    men: words('Jian Bo Feng Lei Tao'),
    families: words('Chan Cheung Li Wang Wong Zhang Liu'),
  },
  african: {
    girls: words('Adaeze Amara Chiamaka Esi Folake Imani Thandiwe Zuri'),
    boys: words('Chidi Emeka Kofi Kwame Tendai Tunde Jabari Sipho'),
    women: words('Abena Bisi Ngozi Nomsa Yetunde Rutendo'),
    men: words('Ade Chike Kwabena Obinna Themba Farai'),
    families: words('Adeyemi Boateng Dlamini Eze Mensah Moyo Ncube Okafor Owusu Sibanda'),
  },
  caribbean: {
    girls: words('Aaliyah Jada Keziah Shanice Tiana Renee'),
    boys: words('Andre Jermaine Kieron Malachi Tyrell Xavier'),
    women: words('Marcia Yvonne Denise Sonia Paulette'),
    men: words('Clive Winston Desmond Errol Trevor'),
    families: words('Bailey Campbell Francis Gayle Grant Henry Morrison Reid'),
  },
  arabic: {
    girls: words('Layla Noor Salma Yasmin Rania Hala'),
    boys: words('Omar Karim Sami Adam Bilal Tarek'),
    women: words('Amal Dina Huda Lina Samira'),
    men: words('Ahmad Hassan Khalid Mahmoud Nabil'),
    families: words('Aziz Darwish Haddad Khoury Mansour Nasser Saleh'),
  },
} as const satisfies Record<string, Community>

export type CommunityName = keyof typeof communities

export const familyName = (chance: Chance, community: CommunityName): string =>
  chance.pick(communities[community].families)

export const givenName = (chance: Chance, community: CommunityName, sex: 'F' | 'M'): string =>
  chance.pick(sex === 'F' ? communities[community].girls : communities[community].boys)

export const adultName = (chance: Chance, community: CommunityName, sex: 'F' | 'M'): string =>
  chance.pick(sex === 'F' ? communities[community].women : communities[community].men)

/** Houses that stand nowhere: a name, on a road of its own town's postcode. */
export const houseName = (chance: Chance): string =>
  `${chance.pick(words('Apple Badger Beacon Bramble Chestnut Clover Copse Cuckoo Curlew Fern Field Finch Flint Forge Foxglove Furze Gorse Hawthorn Heron Hollow Ivy Juniper Kestrel Lark Linnet Meadow Mill Orchard Otter Owl Pear Plover Primrose Quarry Rook Rowan Sedge Skylark Sorrel Swallow Teasel Thistle Thrush Vixen Walnut Willow Wren Yarrow'))} ${chance.pick(['Cottage', 'House', 'Lodge', 'View', 'Corner', 'End', 'Rise', 'Barn', 'Bank'])}`

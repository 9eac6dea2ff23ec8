import { gzipSync } from 'node:zlib'
import {
  contentTypes,
  gif,
  jpeg,
  mp3,
  mp4,
  office,
  pdf,
  png,
  rtf,
  webp,
  type ZipPart,
  zip,
} from './sample-files.ts'

export interface HostileFile {
  readonly what: string
  readonly name: string
  readonly data: Buffer
  /** What its sender is told. */
  readonly why: RegExp
}

const PROGRAMS: Readonly<Record<string, Buffer>> = {
  windows: Buffer.concat([
    Buffer.from('MZ'),
    Buffer.alloc(58),
    Buffer.from([64, 0, 0, 0]),
    Buffer.from('PE\0\0'),
    Buffer.alloc(400),
  ]),
  linux: Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01', 'latin1'), Buffer.alloc(200)]),
  mac: Buffer.concat([Buffer.from('cffaedfe', 'hex'), Buffer.alloc(200)]),
  java: Buffer.concat([Buffer.from('cafebabe00000034', 'hex'), Buffer.alloc(200)]),
  wasm: Buffer.concat([Buffer.from('\0asm\x01\0\0\0', 'latin1'), Buffer.alloc(100)]),
  shell: Buffer.from('#!/bin/sh\nrm -rf ~\n'),
  shortcut: Buffer.concat([
    Buffer.from('4c0000000114020000000000c000000000000046', 'hex'),
    Buffer.alloc(100),
  ]),
}
const MARKUP: Readonly<Record<string, string>> = {
  svg: '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>',
  'svg after its heading':
    '<?xml version="1.0"?>\n<!-- a drawing -->\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
  html: '<!doctype html><html><body onload=alert(1)>hi</body></html>',
  'html far down': `${'She likes trains.\n'.repeat(9000)}<script>alert(1)</script>`,
  'html in capitals': '<HTML><SCRIPT>alert(1)</SCRIPT></HTML>',
  'an image that runs': 'hello <img src=x onerror=alert(1)>',
  php: "<?php system($_GET['c']); ?>",
}
const ENDINGS = ['exe', 'pdf', 'docx', 'jpg', 'png', 'txt', 'csv', 'mp4', 'mp3', 'pdf.exe', 'jpg.scr']
const TEXT_ENDINGS = ['svg', 'html', 'txt', 'csv', 'pdf', 'jpg', 'docx']
const ANY = /.{20}/

const bomb = (megabytes: number): Buffer => Buffer.alloc(megabytes * 1_000_000)
const filled = (n: number): ZipPart[] =>
  Array.from({ length: n }, (_, at) => ({ name: `word/p${at}.xml`, data: 'x' }))

/** Files somebody might send to do harm, each with what it should be told. Made anew at each call, and always the same. */
export function hostileFiles(): readonly HostileFile[] {
  const made: HostileFile[] = []
  const add = (what: string, name: string, data: Buffer | string, why: RegExp = ANY): void => {
    made.push({ what, name, data: Buffer.from(data as string), why })
  }
  for (const [what, data] of Object.entries(PROGRAMS))
    for (const ending of ENDINGS) add(`a ${what} program as .${ending}`, `holiday.${ending}`, data, /program/)
  for (const [what, data] of Object.entries(MARKUP))
    for (const ending of TEXT_ENDINGS)
      add(`${what} as .${ending}`, `page.${ending}`, data, /run code|program|recognised/)
  for (const ending of ['js', 'vbs', 'bat', 'ps1', 'cmd', 'py', 'reg', 'url', 'hta', 'eml'])
    add(`text as .${ending}`, `run.${ending}`, `WScript.Echo("${ending}")`, /program/)

  // Archives, and documents that are not what they say.
  const archive = zip([{ name: 'a.txt', data: 'hello' }])
  for (const ending of ['zip', 'docx', 'xlsx', 'pdf', 'jpg', 'txt'])
    add(`a zip as .${ending}`, `things.${ending}`, archive, /archive/)
  for (const ending of ['gz', 'pdf', 'txt'])
    add(`gzip as .${ending}`, `g.${ending}`, gzipSync('hello'), /archive/)
  add('7z', 'x.7z', Buffer.concat([Buffer.from('377abcaf271c0004', 'hex'), Buffer.alloc(60)]), /archive/)
  add('rar', 'x.rar', Buffer.concat([Buffer.from('526172211a0700', 'hex'), Buffer.alloc(60)]), /archive/)
  add('an empty zip as .docx', 'e.docx', zip([]), /archive/)
  add(
    'old Word',
    'old.doc',
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2000)]),
    /old Word/,
  )
  add(
    'old Word as .docx',
    'old.docx',
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2000)]),
    /old Word/,
  )

  // Macros, wherever they hide.
  const macro = 'application/vnd.ms-word.document.macroEnabled.main+xml'
  const vba: ZipPart = { name: 'word/vbaProject.bin', data: 'Sub AutoOpen()' }
  add('docm', 'm.docm', zip([contentTypes(macro), vba]), /macros/)
  add('docm as .docx', 'm.docx', zip([contentTypes(macro)]), /macros/)
  add('macros in a docx', 'v.docx', office('docx', [vba]), /macros/)
  add('macros in an xlsx', 'v.xlsx', office('xlsx', [{ name: 'xl/vbaProject.bin', data: 'x' }]), /macros/)
  add('macros in a pptx', 'v.pptx', office('pptx', [{ name: 'ppt/vbaProject.bin', data: 'x' }]), /macros/)
  add(
    'macros under another name',
    'r.docx',
    office('docx', [
      { name: 'word/other.bin', data: 'x' },
      {
        name: 'word/_rels/document.xml.rels',
        data: '<Relationship Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="other.bin"/>',
      },
    ]),
    /macros/,
  )
  add(
    'Excel 4 macros',
    'x4.xlsx',
    office('xlsx', [{ name: 'xl/macrosheets/sheet1.xml', data: 'x' }]),
    /macros/,
  )
  add('ActiveX', 'ax.docx', office('docx', [{ name: 'word/activeX/activeX1.xml', data: 'x' }]), /macros/)
  add(
    'macros in an odt',
    'b.odt',
    zip([
      { name: 'mimetype', data: 'application/vnd.oasis.opendocument.text', stored: true },
      { name: 'Basic/Standard/Module1.xml', data: 'x' },
    ]),
    /macros/,
  )
  for (const ending of ['exe', 'dll', 'vbs', 'js', 'bat', 'lnk', 'ps1', 'hta'])
    add(
      `a document with a .${ending} inside`,
      `in-${ending}.docx`,
      office('docx', [{ name: `word/embeddings/x.${ending}`, data: 'x' }]),
      /macros/,
    )
  add(
    'rich text with an object',
    'o.rtf',
    Buffer.concat([rtf().subarray(0, -1), Buffer.from('{\\object\\objemb{\\*\\objdata 0105}}}')]),
    /embedded/,
  )

  // Bombs and climbers.
  add(
    'a bomb, 200 MB',
    'bomb.docx',
    office('docx', [{ name: 'word/media/a.bin', data: bomb(200) }]),
    /unpacks/,
  )
  add(
    'a bomb of two parts',
    'two.docx',
    office('docx', [
      { name: 'a', data: bomb(60) },
      { name: 'b', data: bomb(60) },
    ]),
    /unpacks/,
  )
  add('packed 1,000 to one', 'ratio.xlsx', office('xlsx', [{ name: 'xl/a.xml', data: bomb(20) }]), /unpacks/)
  add(
    'a bomb that lies about its size',
    'lie.docx',
    office('docx', [{ name: 'a', data: bomb(150), statedSize: 10 }]),
    ANY,
  )
  add('1,500 parts', 'parts.docx', office('docx', filled(1500)), /unpacks/)
  for (const climb of [
    '../../etc/passwd',
    '..\\..\\x',
    '/etc/passwd',
    'C:/x',
    'word/../../x',
    'a/b/../../../x',
  ])
    add(
      `a part named ${climb}`,
      `climb${made.length}.docx`,
      office('docx', [{ name: climb, data: 'x' }]),
      ANY,
    )
  add('a part twice', 'twice.docx', office('docx', [{ name: 'Word/Document.xml', data: 'x' }]), /damaged/)
  add('locked parts', 'locked.docx', zip([{ ...contentTypes('x'), flags: 1 }]), /password/)
  add(
    'two documents in one',
    'both.docx',
    zip([
      {
        name: '[Content_Types].xml',
        data: 'wordprocessingml.document.main+xml spreadsheetml.sheet.main+xml',
      },
    ]),
    /hidden/,
  )

  // Two things at once.
  add(
    'a program before a document',
    'front.docx',
    zip([contentTypes('x')], { prefix: PROGRAMS['windows']! }),
    /program/,
  )
  add(
    'words before a document',
    'front2.docx',
    Buffer.concat([Buffer.from('PK\x03\x04 hello '), office('docx')]),
    ANY,
  )
  add(
    'something after a document',
    'tail.docx',
    Buffer.concat([office('docx'), Buffer.from('<script>alert(1)</script>')]),
    /hidden|damaged/,
  )
  add('a zip after a PDF', 'p.pdf', Buffer.concat([pdf(), archive]), /hidden/)
  add('a zip after an MP3', 's.mp3', Buffer.concat([mp3(), archive]), /hidden/)
  add('a zip after an MP4', 's.mp4', Buffer.concat([mp4(), archive]), /hidden/)
  add('a zip after a PNG', 'z.png', Buffer.concat([png(), archive]), /hidden/)
  add('a zip after a JPEG', 'z.jpg', Buffer.concat([jpeg(), archive]), /hidden/)
  add('a zip after a GIF', 'z.gif', gif(archive), /hidden/)
  add('a zip after a WebP', 'z.webp', Buffer.concat([webp(), archive]), /hidden/)

  // Contradictions, nothing, and names.
  const kinds: readonly (readonly [string, Buffer])[] = [
    ['pdf', pdf()],
    ['jpg', jpeg()],
    ['png', png()],
    ['docx', office('docx')],
    ['mp4', mp4()],
  ]
  for (const [is, data] of kinds)
    for (const [says] of kinds)
      if (is !== says) add(`${is} as .${says}`, `wrong-${is}.${says}`, data, /Its name ends in/)
  for (const ending of ['pdf', 'docx', 'jpg', 'txt', 'mp4'])
    add(`nothing as .${ending}`, `empty.${ending}`, '', /empty/)
  for (const [what, character] of [
    ['a tab', '\t'],
    ['a bell', '\x07'],
    ['an override', '\u202e'],
    ['an isolate', '\u2066'],
  ] as const)
    add(`${what} in the name`, `a${character}fdp.pdf`, pdf(), /hidden characters/)
  add('a name of 300 characters', `${'x'.repeat(300)}.pdf`, pdf(), /longer/)

  // Broken and unknown.
  for (const [is, data] of [
    ['jpg', jpeg()],
    ['png', png()],
    ['docx', office('docx')],
    ['gif', gif()],
  ] as const)
    add(`half a ${is}`, `half.${is}`, data.subarray(0, Math.floor(data.length / 2)), /damaged|recognised/)
  add(
    'a JPEG of nothing but a start',
    's.jpg',
    Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex'),
    /damaged/,
  )
  add(
    'bytes of no kind',
    'x.bin',
    Buffer.from(Array.from({ length: 500 }, (_, n) => (n * 97 + 3) % 256)),
    ANY,
  )
  add(
    'a picture of another kind',
    'x.tiff',
    Buffer.concat([Buffer.from('49492a0008000000', 'hex'), Buffer.alloc(100)]),
    ANY,
  )
  add('a font', 'x.woff2', Buffer.concat([Buffer.from('wOF2\0\x01\0\0', 'latin1'), Buffer.alloc(100)]), ANY)
  add('a database', 'x.sqlite', Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(100)]), ANY)
  add(
    'a template',
    't.dotx',
    zip([contentTypes('application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml')]),
    ANY,
  )
  add('an e-book', 'x.epub', zip([{ name: 'mimetype', data: 'application/epub+zip', stored: true }]), ANY)
  add('a packed program', 'x.jar', zip([{ name: 'META-INF/MANIFEST.MF', data: 'Main-Class: x' }]), ANY)
  return made
}

/** Elements whose words stand apart from what is before and after them. */
const BLOCKS =
  'p|li|h[1-6]|dt|dd|td|th|caption|legend|label|button|summary|figcaption|option|div|section|ul|ol|dl|table|form|fieldset|details|time-block'
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': '’',
  '&nbsp;': ' ',
}
/** Fewer words than this, with no full stop, is a label and not a sentence: it is not read as prose, and would flatter the score. */
const LABEL_WORDS = 6

/**
 * What somebody reads in the main part of a page, sentence by sentence. Left out: pictures (their words are on the page
 * too), the citation of a law, what another person wrote (`data-others-words`), and short labels.
 */
export function textOfPage(html: string): readonly string[] {
  const main = /<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1] ?? html
  const said = main
    .replaceAll(/<(svg|script|style|select|textarea)\b[\s\S]*?<\/\1>/g, ' ')
    .replaceAll(/<(p|span|div)[^>]*class="[^"]*app-citation[^"]*"[^>]*>[\s\S]*?<\/\1>/g, ' ')
    .replaceAll(/<(\w+)[^>]*data-others-words[^>]*>[\s\S]*?<\/\1>/g, ' ')
    .replaceAll(new RegExp(`</?(?:${BLOCKS}|br)\\b[^>]*>`, 'g'), '\n')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (entity) => ENTITIES[entity] ?? ' ')
  return said
    .split('\n')
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter((line) => /[.?!]["”’)]*$/.test(line) || line.split(' ').length >= LABEL_WORDS)
}

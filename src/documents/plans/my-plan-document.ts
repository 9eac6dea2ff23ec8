import { date, shortDate } from '../../law/index.ts'
import { MY_PLAN_ORDER, MY_PLAN_PARTS, type MyPlanPage } from '../../record/plan/my-plan.ts'
import type { Block, PrintedDocument } from '../blocks.ts'

/** The child's own page on paper: their words under plain headings, in bigger letters than other papers. */
export const myPlanDocument = (
  page: MyPlanPage,
  authorityName: string,
  print: PrintedDocument['print'] = 'easy',
): PrintedDocument => ({
  title: 'My plan',
  author: authorityName,
  language: page.language === 'en' ? 'en-GB' : page.language,
  print,
  header: null,
  footer: `${authorityName}, ${shortDate(date(page.savedOn))}`,
  front: null,
  blocks: [
    { kind: 'heading', level: 1, text: `My plan: ${page.childName}` },
    ...MY_PLAN_ORDER.flatMap((part): readonly Block[] => {
      const { sentences } = page.parts[part]
      return sentences.length === 0
        ? []
        : [
            { kind: 'heading', level: 2, text: MY_PLAN_PARTS[part] },
            { kind: 'list', items: sentences },
          ]
    }),
  ],
})

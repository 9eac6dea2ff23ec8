import { type Markup, markup, nothing } from './markup.ts'
import type { ShownRow } from './view.ts'

/**
 * The table of the list. Addresses are from /staff/, where the list is, and nothing is said twice: the page is opened
 * all day and must stay small, so the ends of cells, and the quotes round fixed words, that HTML lets be left out are left out. `choosing` puts a box to tick before each case.
 */
export function worklistTable(rows: readonly ShownRow[], caption: string, choosing: boolean): Markup {
  return markup`<section class="app-scroll" aria-labelledby="cases-caption" tabindex="0"><table class="govuk-table app-table app-caseload${choosing ? ' govuk-checkboxes--small' : ''}"><caption class="govuk-visually-hidden" id="cases-caption">${caption}</caption><thead><tr>${choosing ? chooseHeading : nothing}<th scope="col">Child</th><th scope="col">Stage</th><th scope="col">Next, and who must act</th><th scope="col">Due, and why</th><th scope="col">Coordinator</th></tr></thead><tbody>${rows.map((row, index) => tableRow(row, index, choosing))}</tbody></table></section>`
}

const tableRow = (row: ShownRow, index: number, choosing: boolean): Markup =>
  markup`<tr>${choosing ? tick(row, index) : nothing}<th scope=row><a class=govuk-link href="cases/${row.id}">${row.name}</a><br><span class=govuk-!-font-weight-regular>${row.about}</span><td>${row.stage}${row.exception ? exceptionTag : nothing}<td>${row.next}<br>${row.who}<td>${due(row)}<td>${row.coordinator || nobody}`

const chooseHeading = markup`<th scope="col">Choose</th>`
const exceptionTag = markup`<br><strong class="govuk-tag govuk-tag--purple">Exception</strong>`
const nobody = markup`<strong class="govuk-tag govuk-tag--yellow">Nobody yet</strong>`

const tick = (row: ShownRow, index: number): Markup =>
  markup`<td><div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox" id="case-${index}" name="case" value="${row.id}.${row.version}"><label class="govuk-label govuk-checkboxes__label" for="case-${index}"><span class="govuk-visually-hidden">${row.name}</span></label></div>`

function due(row: ShownRow): Markup {
  if (row.due === '') return nothing
  const how = row.late
    ? markup`<strong class="govuk-tag govuk-tag--red">${row.howLong}</strong>`
    : markup`${row.howLong}`
  const risk =
    row.risk === '' ? nothing : markup`<br><strong class="govuk-tag govuk-tag--orange">${row.risk}</strong>`
  return markup`<a class=govuk-link href="cases/${row.id}/why/${row.rule}">${row.due}</a><br>${how}${risk}`
}

import type { ComponentChildren, JSX } from 'preact'

export type Direction = 'ascending' | 'descending'

export interface Column<Row> {
  /** Names the column in the address when it can be sorted by. */
  readonly key: string
  readonly heading: string
  readonly cell: (row: Row) => ComponentChildren
  readonly sortable?: boolean | undefined
  readonly numeric?: boolean | undefined
  /** The cell that names the row: a header of its row. One column at most. */
  readonly namesRow?: boolean | undefined
  readonly classes?: string | undefined
}

export interface SortableTableProps<Row> {
  /** Needed for the address of the caption; unique on the page. */
  readonly id: string
  readonly caption: string
  readonly captionHidden?: boolean | undefined
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly sort?: { readonly key: string; readonly direction: Direction } | undefined
  /** The address of the same list in another order, with its filters kept. */
  readonly sortHref?: ((key: string, direction: Direction) => string) | undefined
  /** On a phone: sideways within its frame (the default), or a card for each row. */
  readonly onPhone?: 'scroll' | 'cards' | undefined
}

/** A table of plain rows. Headings that sort are links, so the order is in the address and needs no script. */
export function SortableTable<Row>(props: SortableTableProps<Row>): JSX.Element {
  const cards = props.onPhone === 'cards'
  const captionId = `${props.id}-caption`
  const table = (
    <table
      id={props.id}
      class={`govuk-table app-table${cards ? ' app-table--cards' : ''}`}
      {...role(cards, 'table')}
    >
      <caption
        id={captionId}
        class={props.captionHidden ? 'govuk-visually-hidden' : 'govuk-table__caption govuk-table__caption--m'}
      >
        {props.caption}
      </caption>
      <thead class="govuk-table__head" {...role(cards, 'rowgroup')}>
        <tr class="govuk-table__row" {...role(cards, 'row')}>
          {props.columns.map((column) => heading(column, props, cards))}
        </tr>
      </thead>
      <tbody class="govuk-table__body" {...role(cards, 'rowgroup')}>
        {props.rows.map((row) => (
          <tr {...role(cards, 'row')}>{props.columns.map((column) => cell(column, row, cards))}</tr>
        ))}
      </tbody>
    </table>
  )
  if (cards) return table
  return (
    // A frame that scrolls must be reachable by keyboard (WCAG 2.1.1).
    <section class="app-scroll" aria-labelledby={captionId} tabindex={0}>
      {table}
    </section>
  )
}

type TableRole = 'table' | 'rowgroup' | 'row' | 'columnheader' | 'rowheader' | 'cell'

/** Cards take the table apart on a phone, and with it what browsers say of it: the roles put it back. */
const role = (cards: boolean, name: TableRole) => (cards ? { role: name } : {})

const cell = <Row,>(column: Column<Row>, row: Row, cards: boolean): JSX.Element => {
  const label = cards ? { 'data-label': column.heading } : {}
  // Bare cells, dressed by .app-table: official class names on each would be a third of a long list's weight.
  const names = [column.numeric ? 'app-number' : '', column.classes ?? ''].filter(Boolean).join(' ')
  const classes = names ? { class: names } : {}
  return column.namesRow ? (
    <th scope="row" {...classes} {...label} {...role(cards, 'rowheader')}>
      {column.cell(row)}
    </th>
  ) : (
    <td {...classes} {...label} {...role(cards, 'cell')}>
      {column.cell(row)}
    </td>
  )
}

const heading = <Row,>(column: Column<Row>, table: SortableTableProps<Row>, cards: boolean): JSX.Element => {
  const classes = `govuk-table__header${column.numeric ? ' govuk-table__header--numeric' : ''}`
  if (!column.sortable || !table.sortHref) {
    return (
      <th scope="col" class={classes} {...role(cards, 'columnheader')}>
        {column.heading}
      </th>
    )
  }
  const current = table.sort?.key === column.key ? table.sort.direction : undefined
  const next: Direction = current === 'ascending' ? 'descending' : 'ascending'
  return (
    <th scope="col" class={classes} aria-sort={current ?? 'none'} {...role(cards, 'columnheader')}>
      <a class="app-sort" href={table.sortHref(column.key, next)}>
        {column.heading}
        <svg
          class="app-sort__arrow"
          aria-hidden="true"
          focusable="false"
          width="12"
          height="16"
          viewBox="0 0 12 16"
        >
          {current !== 'descending' ? <path d="M6 1l5 6H1z" /> : null}
          {current !== 'ascending' ? <path d="M6 15l5-6H1z" /> : null}
        </svg>
      </a>
    </th>
  )
}

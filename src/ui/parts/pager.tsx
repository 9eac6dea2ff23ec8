import type { JSX } from 'preact'
import { GovukPagination, type PaginationItem } from '../govuk/index.ts'

export interface PagerProps {
  readonly page: number
  readonly pageSize: number
  readonly total: number
  /** "requests": said after the number. */
  readonly things: string
  readonly href: (page: number) => string
}

const number = (value: number): string => value.toLocaleString('en-GB')

/** How many there are and which are shown, for the top of a list. */
export function Counts({ page, pageSize, total, things }: Omit<PagerProps, 'href'>): JSX.Element {
  const from = (page - 1) * pageSize + 1
  const to = Math.min(page * pageSize, total)
  return (
    <p class="govuk-body app-counts" role="status">
      {total <= pageSize ? (
        <>
          <strong>{number(total)}</strong> {things}
        </>
      ) : (
        <>
          Showing <strong>{number(from)}</strong> to <strong>{number(to)}</strong> of{' '}
          <strong>{number(total)}</strong> {things}
        </>
      )}
    </p>
  )
}

/** Links to the other pages of a long list; nothing when there is one page. */
export function Pager({ page, pageSize, total, things, href }: PagerProps): JSX.Element | null {
  const last = Math.ceil(total / pageSize)
  if (last <= 1) return null
  return (
    <GovukPagination
      landmarkLabel={`Pages of ${things}`}
      items={pageItems(page, last, href)}
      previous={page > 1 ? { href: href(page - 1) } : undefined}
      next={page < last ? { href: href(page + 1) } : undefined}
    />
  )
}

function pageItems(page: number, last: number, href: (page: number) => string): readonly PaginationItem[] {
  const shown = [...new Set([1, page - 1, page, page + 1, last])].filter((each) => each >= 1 && each <= last)
  return shown.flatMap((each, index): PaginationItem[] => {
    const item: PaginationItem = { number: each, href: href(each), current: each === page }
    const before = shown[index - 1]
    return before !== undefined && each - before > 1 ? [{ ellipsis: true }, item] : [item]
  })
}

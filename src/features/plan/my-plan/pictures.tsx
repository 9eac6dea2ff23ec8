import type { JSX } from 'preact'
import { MY_PLAN_PICTURES, type MyPlanPicture } from '../../../record/plan/my-plan.ts'

const line = {
  fill: 'none',
  stroke: 'currentColor',
  'stroke-width': 3,
  'stroke-linecap': 'round',
  'stroke-linejoin': 'round',
} as const

const DRAWINGS: Readonly<Record<MyPlanPicture, JSX.Element>> = {
  face: (
    <>
      <circle cx="32" cy="32" r="24" fill="#ffdd00" stroke="#0b0c0c" stroke-width="3" />
      <circle cx="24" cy="27" r="3" />
      <circle cx="40" cy="27" r="3" />
      <path d="M20 38c6 9 18 9 24 0" {...line} />
    </>
  ),
  star: (
    <path
      d="M32 7l7.5 16 17.5 2-13 12 3.5 17.5L32 46l-15.5 8.5L20 37 7 25l17.5-2z"
      fill="#ffdd00"
      stroke="#0b0c0c"
      stroke-width="3"
      stroke-linejoin="round"
    />
  ),
  book: (
    <>
      <path
        d="M32 18c-6-5-14-6-24-5v36c10-1 18 0 24 5 6-5 14-6 24-5V13c-10-1-18 0-24 5z"
        fill="#bbd4ea"
        stroke="#0b0c0c"
        stroke-width="3"
        stroke-linejoin="round"
      />
      <path d="M32 18v36M15 23h9M15 31h9M40 23h9M40 31h9" {...line} />
    </>
  ),
  hill: (
    <>
      <path
        d="M4 54L26 18l10 15 6-8 18 29z"
        fill="#cce2d8"
        stroke="#0b0c0c"
        stroke-width="3"
        stroke-linejoin="round"
      />
      <path d="M14 54c12-2 4-10 14-13s2-8-1-12" {...line} stroke-dasharray="1 6" />
    </>
  ),
  sun: (
    <>
      <path d="M14 46a18 18 0 0 1 36 0z" fill="#ffdd00" stroke="#0b0c0c" stroke-width="3" />
      <path d="M4 46h56M32 12v8M10 22l6 6M54 22l-6 6" {...line} />
    </>
  ),
  people: (
    <>
      <circle cx="20" cy="16" r="8" fill="#f6d7b8" stroke="#0b0c0c" stroke-width="3" />
      <circle cx="46" cy="24" r="7" fill="#c58c5c" stroke="#0b0c0c" stroke-width="3" />
      <path d="M8 56V40c0-16 24-16 24 0v16z" fill="#bbd4ea" stroke="#0b0c0c" stroke-width="3" />
      <path d="M36 56V46c0-14 20-14 20 0v10z" fill="#cce2d8" stroke="#0b0c0c" stroke-width="3" />
    </>
  ),
  talk: (
    <>
      <path
        d="M6 10h34v22H20l-8 8v-8H6z"
        fill="#bbd4ea"
        stroke="#0b0c0c"
        stroke-width="3"
        stroke-linejoin="round"
      />
      <path
        d="M46 24h12v22h-6v8l-8-8H26V38"
        fill="#cce2d8"
        stroke="#0b0c0c"
        stroke-width="3"
        stroke-linejoin="round"
      />
    </>
  ),
  school: (
    <>
      <path
        d="M6 54V30l26-14 26 14v24z"
        fill="#f6d7b8"
        stroke="#0b0c0c"
        stroke-width="3"
        stroke-linejoin="round"
      />
      <path d="M27 54V42h10v12M15 38h6M43 38h6M32 16V6h9l-3 3 3 3h-9" {...line} />
    </>
  ),
  home: (
    <>
      <path d="M12 30v24h40V30" fill="#bbd4ea" stroke="#0b0c0c" stroke-width="3" stroke-linejoin="round" />
      <path d="M6 34L32 10l26 24z" fill="#d4351c" stroke="#0b0c0c" stroke-width="3" stroke-linejoin="round" />
      <path d="M27 54V42h10v12" {...line} />
    </>
  ),
  ear: (
    <path
      d="M20 26c0-10 6-16 14-16s13 6 13 14c0 10-9 11-10 20-1 7-11 9-13 2M26 27c0-6 3-9 7-9s7 3 6 8c-1 4-6 4-6 9"
      {...line}
      fill="#f6d7b8"
    />
  ),
  pencil: (
    <>
      <path
        d="M10 54l3-13L44 10l10 10-31 31z"
        fill="#ffdd00"
        stroke="#0b0c0c"
        stroke-width="3"
        stroke-linejoin="round"
      />
      <path d="M13 41l10 10M38 16l10 10" {...line} />
    </>
  ),
  clock: (
    <>
      <circle cx="32" cy="32" r="24" fill="#ffffff" stroke="#0b0c0c" stroke-width="3" />
      <path d="M32 18v14l10 6" {...line} />
    </>
  ),
}

/** A drawing of our own, with its words for who cannot see it. */
export const Picture = ({ of }: { readonly of: MyPlanPicture }): JSX.Element => (
  <svg
    class="app-my-plan__picture"
    viewBox="0 0 64 64"
    width="64"
    height="64"
    role="img"
    aria-label={MY_PLAN_PICTURES[of]}
  >
    {DRAWINGS[of]}
  </svg>
)

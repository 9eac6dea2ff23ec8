/** What is asked of the thread that composes. `content` is laid-out documents as JSON. */
export type ComposeAsk =
  | {
      readonly id: number
      readonly as: 'pdf'
      /** The layout, in Typst: ours, never anybody's words. */
      readonly layout: string
      readonly content: Uint8Array
    }
  | { readonly id: number; readonly as: 'word'; readonly content: Uint8Array }

export type ComposeAnswer =
  | { readonly ready: true }
  | { readonly id: number; readonly made: Uint8Array }
  | { readonly id: number; readonly problem: string }

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
  /** `compiler`: the program as compiled, so that the next thread starts without compiling it again. */
  | { readonly ready: true; readonly compiler: WebAssembly.Module }
  | { readonly id: number; readonly made: Uint8Array; readonly heldMegabytes: number }
  | { readonly id: number; readonly problem: string }

/** What a thread is started with. */
export interface ComposerData {
  readonly fonts: string
  readonly compiler: WebAssembly.Module | undefined
}

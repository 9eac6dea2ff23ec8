/** What a statement gave. */
export interface Answer {
  readonly rows: readonly unknown[]
  readonly affected: number | undefined
}

/** The engine's one session, for whoever has the turn. */
export interface Turn {
  query(sql: string, parameters: readonly unknown[]): Promise<Answer>
  /** SQL of several statements. */
  script(sql: string): Promise<void>
  end(): Promise<void>
}

/** The embedded database, held by this process or by another that shares it. */
export interface Engine {
  /** Waits until all who asked before have ended theirs. */
  takeTurn(): Promise<Turn>
  close(): Promise<void>
}

/** One at a time, in the order they asked. */
export class Queue {
  #last: Promise<void> = Promise.resolve()
  /** @returns gives the place up; safe to call twice */
  async enter(): Promise<() => void> {
    const before = this.#last
    let leave = (): void => {}
    this.#last = new Promise((resolve) => {
      leave = resolve
    })
    await before
    return leave
  }
}

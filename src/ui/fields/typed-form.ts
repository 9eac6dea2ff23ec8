/** A message for one field; an empty field name is for the whole form. */
export interface FieldMessage {
  readonly field: string
  readonly text: string
}

/** A form as a person has typed it so far, with what is wrong: shown again exactly, so nothing is lost. */
export interface TypedForm {
  readonly value: (name: string) => string
  readonly values: (name: string) => readonly string[]
  readonly errors: readonly FieldMessage[]
}

/** A form nobody has typed in yet, with the values it starts from. */
export function freshForm(start: Readonly<Record<string, string | readonly string[]>> = {}): TypedForm {
  return {
    value: (name) => [start[name] ?? ''].flat()[0] ?? '',
    values: (name) => [start[name] ?? []].flat().filter((value) => value !== ''),
    errors: [],
  }
}

/** Three boxes from an ISO date, for a form's starting values. */
export function dateParts(name: string, iso: string | null | undefined): Record<string, string> {
  if (!iso) return {}
  const [year, month, day] = iso.split('-')
  return {
    [`${name}-day`]: String(Number(day)),
    [`${name}-month`]: String(Number(month)),
    [`${name}-year`]: year ?? '',
  }
}

export const errorFor = (form: TypedForm, name: string): { readonly text: string } | undefined => {
  const found = form.errors.find((error) => error.field === name)
  return found && { text: found.text }
}

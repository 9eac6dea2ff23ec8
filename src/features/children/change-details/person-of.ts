import type { Context } from '../../../platform/routes.ts'
import type { ChildRecord, Person } from '../the-child/index.ts'

/** The person an address names, among those who are still round the child. */
export const personOf = (child: ChildRecord, context: Context): Person | undefined =>
  child.people.find((person) => person.linkId === context.params['person'] && person.toOn === null)

import type { ErrorFields } from './frames.ts'

/** A database error with the SQLSTATE code kept, so that callers treat both engines alike. */
export class DatabaseError extends Error {
  readonly code: string | undefined
  readonly constraint: string | undefined
  readonly detail: string | undefined
  constructor(fields: ErrorFields) {
    super(fields.message)
    this.name = 'DatabaseError'
    this.code = fields.code
    this.constraint = fields.constraint
    this.detail = fields.detail
  }
}

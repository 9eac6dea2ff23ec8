/** Form fields bound to what was typed: the value, the hint and the message beside it. */
export * from './fields.tsx'
export * from './typed-form.ts'

/** Plan templates: how each section is headed and introduced, by date and age, with who asked for it and why. */
export { routes } from './routes.tsx'

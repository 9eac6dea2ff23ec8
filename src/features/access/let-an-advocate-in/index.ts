/** An advocate, with consent that ends; and an account for somebody of the family. */
export { routes } from './routes.tsx'

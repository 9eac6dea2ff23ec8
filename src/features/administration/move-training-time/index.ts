export { moveTrainingTimeRoutes } from './routes.tsx'

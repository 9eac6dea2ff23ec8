import type { SignedIn } from './routes.ts'

/** The first page behind each door. */
export const homeOf = (viewer: Pick<SignedIn, 'door' | 'role'> | undefined): string => {
  switch (viewer?.door) {
    case 'staff':
      return viewer.role === 'administrator' ? '/staff/settings' : '/staff/worklist'
    case 'board':
      return '/board/timeliness'
    case 'family':
      return '/family'
    case 'professional':
      return viewer.role === 'head-of-service' || viewer.role === 'health-lead'
        ? '/professional/service'
        : '/professional/advice'
    case 'setting':
      return '/setting'
    default:
      return '/'
  }
}

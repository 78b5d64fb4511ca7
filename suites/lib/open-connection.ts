import { answersThatStay, openConnections } from '../intent/segmentation.ts'
import type { OpenConnection } from './probes/open-connection.ts'

/** What became of it: it was answered on and on, it fell silent, or too little was seen to say. */
export function fateOf({ denied, later }: Pick<OpenConnection, 'denied' | 'later'>): 'stay' | 'cut' | 'unclear' {
  if (later.held.silent) return 'cut'
  return later.held.answers >= denied.held.answers + answersThatStay ? 'stay' : 'unclear'
}

/** Sentences about what is not as the guide tells people. */
export function unlikeGuide(watched: readonly OpenConnection[]): string[] {
  return watched.flatMap((one) => {
    const fate = fateOf(one)
    const answers = one.later.held.answers - one.denied.held.answers
    return [
      ...fate !== 'cut' ? [] : [`expected a connection that was open before a denial of ${one.end} to ${openConnections.fate}, as ${openConnections.guide} tells people, but it was cut (${answers} answers after the denial, ${one.engine}); correct the guide`],
      ...one.later.delivered > one.denied.delivered ? [`expected no new flow to be delivered while ${one.end} is denied, but ${one.later.delivered - one.denied.delivered} were (${one.engine})`] : [],
      ...one.ended.held.silent ? [] : [`expected a connection to be cut when the pod at its end is ended, as ${openConnections.guide} tells people, but it was still answered (${one.engine})`],
    ]
  })
}

/** What could not be seen. */
export function unseen(watched: readonly OpenConnection[]): string[] {
  return watched.filter((one) => fateOf(one) === 'unclear').map((one) => `expected to see what becomes of an open connection after a denial of ${one.end}, but it had ${one.later.held.answers - one.denied.held.answers} answers and was not silent either; the machine is too busy for this measurement`)
}

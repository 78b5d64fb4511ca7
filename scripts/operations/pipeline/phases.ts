import type { Report } from '../../../fixtures/sandbox/progress.ts'

export interface PhaseTime { phase: string, seconds: number }

export interface Phases {
  /** Runs one phase and keeps its time, also when it fails. The message of a finished phase is what it returns as `message`. */
  run<T>(phase: string, work: () => Promise<T>, message?: (result: T) => string): Promise<T>
  readonly times: readonly PhaseTime[]
}

export function phases(report: Report): Phases {
  const times: PhaseTime[] = []
  return {
    times,
    async run(phase, work, message) {
      report({ phase, state: 'started' })
      const startedAt = performance.now()
      const keep = () => times.push({ phase, seconds: Math.round(performance.now() - startedAt) / 1000 })
      try {
        const result = await work()
        keep()
        report({ phase, state: 'finished', ...(message === undefined ? {} : { message: message(result) }) })
        return result
      } catch (error) {
        keep()
        report({ phase, state: 'failed' })
        throw error
      }
    },
  }
}

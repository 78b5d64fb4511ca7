import { readdir, readFile, readlink } from 'node:fs/promises'
import { basename } from 'node:path'
import { exitCodes } from '../../../reports/model/verdict.ts'
import { CommandFailure } from '../../console/failure.ts'
import { runMarker } from './children.ts'
import { until } from './waiting.ts'

/** A process of this machine as the kernel tells it to its own user. */
export interface SeenProcess { pid: number, program: string, environment: readonly string[] }

/** Long enough for a terraform that was asked to end to finish what it has begun. */
const secondsToEnd = 600

/** Every process whose environment this user may read; none where there is no /proc. */
export async function processesHere(): Promise<SeenProcess[]> {
  const names = await readdir('/proc').catch(() => [])
  const seen = await Promise.all(names.filter((name) => /^\d+$/.test(name)).map(async (name) => {
    const environment = await readFile(`/proc/${name}/environ`, 'utf8').catch(() => undefined)
    if (environment === undefined || environment === '') return []
    const program = await readlink(`/proc/${name}/exe`).catch(() => '')
    return [{ pid: Number(name), program: basename(program), environment: environment.split('\0') }]
  }))
  return seen.flat()
}

/** Children of a run that are still at work although the run is dead. */
export function survivorsOf(run: string, processes: readonly SeenProcess[]): SeenProcess[] {
  return processes.filter(({ environment }) => environment.includes(`${runMarker}=${run}`))
}

/**
 * Waits until nothing of a killed run is at work any more: terraform and helm end their work by themselves and write down what they did, which
 * is better than stopping them. Resolves with what was waited for. Rejects with the processes that do not end.
 */
export async function outlive(runs: readonly string[], { signal, look = processesHere }: { signal: AbortSignal | undefined, look?: () => Promise<SeenProcess[]> }): Promise<string[]> {
  const left = async () => {
    const processes = await look()
    return runs.flatMap((run) => survivorsOf(run, processes))
  }
  const first = await left()
  if (first.length === 0) return []
  await until(async () => {
    const still = await left()
    return still.length === 0 ? undefined : named(still)
  }, { seconds: secondsToEnd, signal }).catch(async (error: unknown) => {
    signal?.throwIfAborted()
    const still = await left()
    if (still.length === 0) throw error
    throw new CommandFailure(`A run that was killed left ${named(still)} at work, and ${secondsToEnd} s later it has not ended. Look at what it does; end it with SIGINT, never with SIGKILL, and run again.`, exitCodes.partial)
  })
  return first.map(({ pid, program }) => `${program} (process ${pid})`)
}

function named(processes: readonly SeenProcess[]): string {
  return processes.map(({ pid, program }) => `${program} (process ${pid})`).join(', ')
}

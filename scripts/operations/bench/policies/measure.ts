import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** One run of a whole process, seconds; `cpu` is its own and its children's time on all cores. */
export interface Timed { wall: number, cpu: number, code: number }

const measured = /plumbline-bench (\S+) (\S+) (\S+)\s*$/

/** Runs a command to its end under bash's own clock. What it prints is read and thrown away, as a pipe would. Rejects when it cannot be started or was killed. */
export async function timed([program, ...args]: readonly [string, ...string[]], signal: AbortSignal): Promise<Timed> {
  const child = spawn('bash', ['-c', 'TIMEFORMAT="plumbline-bench %R %U %S"; time "$@"', 'bash', program, ...args], { stdio: ['ignore', 'pipe', 'pipe'], signal, env: { ...process.env, LC_ALL: 'C' } })
  let said = ''
  child.stdout.resume()
  child.stderr.setEncoding('utf8').on('data', (text: string) => { said = (said + text).slice(-2000) })
  const [code] = await once(child, 'close') as [number | null]
  const [, wall, user, system] = measured.exec(said) ?? []
  if (code === null || wall === undefined) throw new Error(`expected ${program} to run to its end, but it did not: ${said.trim()}`)
  return { wall: Number(wall), cpu: Number(user) + Number(system), code }
}

export interface Summary { min: number, median: number, max: number }

export function summaryOf(numbers: readonly number[]): Summary {
  const sorted = numbers.toSorted((a, b) => a - b)
  const at = (place: number) => sorted[Math.min(sorted.length - 1, place)] ?? NaN
  const middle = Math.floor((sorted.length - 1) / 2)
  return { min: at(0), median: (at(middle) + at(sorted.length - 1 - middle)) / 2, max: at(sorted.length - 1) }
}

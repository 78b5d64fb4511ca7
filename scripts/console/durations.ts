import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cache } from '../../fixtures/sandbox/paths.ts'

/** How long each phase took the last time it finished on this machine, in seconds; what an estimate of the remaining time is made from. */
export interface Durations {
  last(phase: string): number | undefined
  remember(phase: string, seconds: number): void
}

/** Durations kept in a file. A missing or damaged file only means that there is no estimate, so it never fails a command. */
export function rememberedDurations(file: string = join(cache, 'durations.json')): Durations {
  const known = read(file)
  return {
    last: (phase) => known.get(phase),
    remember: (phase, seconds) => {
      known.set(phase, Math.round(seconds * 10) / 10)
      write(file, known)
    },
  }
}

function read(file: string): Map<string, number> {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof content !== 'object' || content === null) return new Map()
    return new Map(Object.entries(content).filter((entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] >= 0))
  } catch {
    return new Map()
  }
}

function write(file: string, known: ReadonlyMap<string, number>): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    const partial = `${file}.${String(process.pid)}`
    writeFileSync(partial, `${JSON.stringify(Object.fromEntries(known))}\n`)
    renameSync(partial, file)
  } catch {
    // An estimate is not worth failing for: the next run simply has none.
  }
}

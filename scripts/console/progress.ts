import picocolors from 'picocolors'
import type { ProgressEvent, Report } from '../../fixtures/sandbox/progress.ts'
import type { Durations } from './durations.ts'

/** Where progress is drawn: stderr in life, an array in tests. `now` is in milliseconds. */
export interface Screen {
  write: (text: string) => void
  /** Width of the terminal, or undefined when it is none: then there is no live line. */
  columns: () => number | undefined
  now: () => number
}

export interface Progress {
  report: Report
  /** Removes the live line so that something else may be printed. */
  clear: () => void
  stop: () => void
}

interface Phase { startedAt: number, lastLineAt: number, event: ProgressEvent }

/** Without a terminal a long phase says that it is alive this often, in milliseconds. */
const heartbeat = 30_000
const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']

/** `1.4 s`, `47 s`, `3 min 20 s`. */
export function inWords(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  return whole < 120 ? `${String(whole)} s` : `${String(Math.floor(whole / 60))} min ${String(whole % 60)} s`
}

/** Draws progress events: one live line with an estimate on a terminal, plain lines for what began long ago or ended elsewhere. */
export function drawProgress(screen: Screen, durations: Durations): Progress {
  const phases = new Map<string, Phase>()
  const colors = picocolors.createColors(screen.columns() !== undefined && process.env['NO_COLOR'] === undefined)
  let frame = 0
  const clear = () => { if (screen.columns() !== undefined) screen.write('\r\u001b[K') }
  const line = (text: string) => {
    clear()
    screen.write(`${text}\n`)
  }
  const live = () => {
    const newest = [...phases].at(-1)
    const width = screen.columns()
    if (newest === undefined || width === undefined) return
    frame = (frame + 1) % frames.length
    screen.write(`\r\u001b[K${`${frames[frame] ?? ''} ${liveText(newest[0], newest[1], { now: screen.now(), durations })}`.slice(0, width - 1)}`)
  }
  const plain = (name: string, phase: Phase) => {
    if (screen.columns() !== undefined || screen.now() - phase.lastLineAt < heartbeat) return
    phase.lastLineAt = screen.now()
    line(`… ${liveText(name, phase, { now: screen.now(), durations })}`)
  }
  const timer = setInterval(() => {
    live()
    for (const [name, phase] of phases) plain(name, phase)
  }, screen.columns() === undefined ? 1000 : 100)
  timer.unref()
  const ended = (event: ProgressEvent) => {
    const phase = phases.get(event.phase)
    phases.delete(event.phase)
    const seconds = phase === undefined ? undefined : (screen.now() - phase.startedAt) / 1000
    if (event.state === 'finished' && seconds !== undefined) durations.remember(event.phase, seconds)
    const mark = event.state === 'finished' ? colors.green('✔') : colors.red('✘')
    line([mark, event.phase, event.message, seconds === undefined ? undefined : colors.dim(`(${inWords(seconds)})`)].filter(Boolean).join(' '))
  }
  const report: Report = (event) => {
    if (event.state === 'finished' || event.state === 'failed') ended(event)
    else {
      const phase = phases.get(event.phase)
      const startedAt = event.state === 'started' ? undefined : phase?.startedAt
      phases.set(event.phase, { startedAt: startedAt ?? screen.now(), lastLineAt: phase?.lastLineAt ?? screen.now(), event })
    }
    live()
  }
  return {
    report,
    clear,
    stop: () => {
      clearInterval(timer)
      phases.clear()
      clear()
    },
  }
}

function liveText(name: string, phase: Phase, clock: { now: number, durations: Durations }): string {
  const elapsed = (clock.now - phase.startedAt) / 1000
  const remaining = phase.event.remainingSeconds ?? estimate(phase, { elapsed, last: clock.durations.last(name) })
  const left = remaining === undefined ? '' : remaining >= 1 ? `, about ${inWords(Math.ceil(remaining))} left` : ', nearly done'
  return [name, phase.event.message, `${inWords(elapsed)}${left}`].filter(Boolean).join('  ')
}

function estimate(phase: Phase, { elapsed, last }: { elapsed: number, last: number | undefined }): number | undefined {
  const { fraction } = phase.event
  if (fraction !== undefined && fraction > 0.05) return (elapsed / fraction) * (1 - fraction)
  return last === undefined ? undefined : Math.max(0, last - elapsed)
}

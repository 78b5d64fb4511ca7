import { openSync, closeSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { $ } from 'zx'
import type { ProcessPromise } from 'zx'
import { temporaryFolder } from '../../../fixtures/sandbox/temporary.ts'
import { CommandFailure } from '../../console/failure.ts'
import { exitCodes } from '../../../reports/model/verdict.ts'

export interface ChildOptions {
  cwd?: string
  /** The whole environment of the child: nothing is inherited that is not in here. */
  env: Readonly<Record<string, string>>
  /** On abort the child gets one SIGINT and is waited for: terraform gives its lock back, and a second signal would cost the state. */
  signal?: AbortSignal | undefined
  /** Written to its standard input. */
  input?: string
  /** Exit codes that are answers and not failures; 0 is always one. */
  answers?: readonly number[]
  /** Its output goes to files and not through this process, so that the child ends its work also when this process is killed. */
  outlives?: boolean
}

/** The environment variable that names the run of the pipeline that a child belongs to. */
export const runMarker = 'PLUMBLINE_RUN'

let markedRun: Record<string, string> = {}

/** Every child from now on carries the id of this run in its environment, so that whoever comes after a killed run finds its children. */
export function markChildren(run: string | undefined): void {
  markedRun = run === undefined ? {} : { [runMarker]: run }
}

export interface ChildResult { code: number, stdout: string, stderr: string }

/** A child that ended with an exit code that is not an answer. `stderr` is whole; the message has its first telling lines. */
export class ChildFailure extends CommandFailure {
  readonly stderr: string
  constructor(what: string, result: ChildResult) {
    super(`${what} failed with exit code ${result.code}: ${tellingLines(result.stderr || result.stdout)}`, exitCodes.partial)
    this.name = 'ChildFailure'
    this.stderr = result.stderr
  }
}

/** Runs a program to its end, quietly. `args` must hold no secret: they are seen by everybody on the machine. Rejects with ChildFailure, or with the signal's reason. */
export async function run(program: string, args: readonly string[], options: ChildOptions): Promise<ChildResult> {
  const { signal, answers = [] } = options
  signal?.throwIfAborted()
  const files = options.outlives === true ? outputFiles() : undefined
  const child = start(program, args, { ...options, files })
  const interrupt = () => { interruptGroup(child.pid) }
  const stop = () => {
    signal?.removeEventListener('abort', interrupt)
    files?.remove()
  }
  signal?.addEventListener('abort', interrupt, { once: true })
  try {
    const ended = await child
    const result = { ...outputOf(ended, files), code: ended.exitCode ?? 1 }
    signal?.throwIfAborted()
    if (![0, ...answers].includes(result.code)) throw new ChildFailure(`${basename(program)} ${args[0] ?? ''}`.trim(), result)
    return result
  } finally {
    stop()
  }
}

function outputOf({ stdout, stderr }: { stdout: string, stderr: string }, files: OutputFiles | undefined): { stdout: string, stderr: string } {
  return files === undefined ? { stdout, stderr } : files.read()
}

interface OutputFiles { stdio: ['pipe', number, number], read: () => { stdout: string, stderr: string }, remove: () => void }

/** In a folder that only this user may read: what terraform prints is not for everybody. */
function outputFiles(): OutputFiles {
  const { path, remove } = temporaryFolder('output')
  const [stdout, stderr] = [join(path, 'stdout'), join(path, 'stderr')]
  const [out, err] = [openSync(stdout, 'w', 0o600), openSync(stderr, 'w', 0o600)]
  return {
    stdio: ['pipe', out, err],
    read: () => ({ stdout: readFileSync(stdout, 'utf8'), stderr: readFileSync(stderr, 'utf8') }),
    remove: () => {
      closeSync(out)
      closeSync(err)
      remove()
    },
  }
}

function start(program: string, args: readonly string[], { cwd, env, input, files }: ChildOptions & { files: OutputFiles | undefined }): ProcessPromise {
  return $({
    quiet: true,
    nothrow: true,
    // A process group of its own, so that a Ctrl-C on the terminal reaches the child only through the signal.
    detached: true,
    // zx goes through bash, which without SHLVL takes node's sockets for a remote login and reads the user's ~/.bashrc.
    env: { ...env, ...markedRun, SHLVL: '1' },
    ...(files === undefined ? {} : { stdio: files.stdio }),
    ...(cwd === undefined ? {} : { cwd }),
    ...(input === undefined ? {} : { input }),
  })`${program} ${args}`
}

/** One SIGINT to the child's process group; a group that has ended by itself is no error. */
function interruptGroup(leader: number | undefined): void {
  if (leader === undefined) return
  try {
    process.kill(-leader, 'SIGINT')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/** The lines of a tool's error output that say something, without terraform's frame, as one line of at most 800 characters. */
export function tellingLines(text: string): string {
  const lines = text.split('\n')
    .map((line) => line.replace(/^[\s│╷╵]+/, '').trim())
    .filter((line) => line !== '' && !line.startsWith('Warning: '))
  const firstError = lines.findIndex((line) => /^error\b/i.test(line))
  return lines.slice(Math.max(firstError, 0)).join(' ').slice(0, 800)
}

const inherited = ['PATH', 'HOME', 'USER', 'LOGNAME', 'LANG', 'LC_ALL', 'TMPDIR', 'TZ', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'] as const

/** What a child needs of this process's environment, without anybody's credentials or settings of the same tools. */
export function plainEnvironment(): Record<string, string> {
  return Object.fromEntries(inherited.flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value]]
  }))
}

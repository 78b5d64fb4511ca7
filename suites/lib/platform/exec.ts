import { PassThrough, Writable } from 'node:stream'
import { Exec, type KubeConfig, type V1Status } from '@kubernetes/client-node'
import type { Budget } from '../budgets.ts'
import { within } from '../converge.ts'
import { IndeterminateError, sentenceOf } from '../indeterminate.ts'

export interface ExecTarget {
  namespace: string
  pod: string
  container: string
}

/**
 * Runs a command in a pod, writes `input` to it and resolves with its standard output. Rejects with IndeterminateError when the stream cannot
 * be opened, breaks, takes longer than the budget, or the command fails: none of these says anything about the network.
 */
export async function execIn(config: KubeConfig, target: ExecTarget, command: readonly string[], run: { input: string, budget: Budget }): Promise<string> {
  const printed: Buffer[] = []
  await running(config, target, command, { ...run, hear: (chunk) => printed.push(chunk) })
  return Buffer.concat(printed).toString('utf8')
}

/**
 * The same for a command that goes on: `onLine` hears of each whole line that it prints, as it comes. Resolves when the command ends, or the signal
 * is aborted, which cuts the stream; the command itself has to end on its own.
 */
export async function linesOf(config: KubeConfig, target: ExecTarget, command: readonly string[], run: { input: string, budget: Budget, signal: AbortSignal, onLine: (line: string) => void }): Promise<void> {
  let rest = ''
  const hear = (chunk: Buffer): void => {
    const lines = `${rest}${chunk.toString('utf8')}`.split('\n')
    rest = lines.pop() ?? ''
    lines.forEach(run.onLine)
  }
  try {
    await running(config, target, command, { ...run, hear })
  }
  catch (error) {
    if (!run.signal.aborted) throw error
  }
}

interface Running { input: string, budget: Budget, hear: (chunk: Buffer) => void, signal?: AbortSignal }

async function running(config: KubeConfig, target: ExecTarget, command: readonly string[], run: Running): Promise<void> {
  const where = `${target.namespace}/${target.pod}`
  const session = new Session(run.hear)
  const cut = () => {
    session.close()
    session.fail('the stream was cut')
  }
  run.signal?.addEventListener('abort', cut, { once: true })
  const opened = new Exec(config)
    .exec(target.namespace, target.pod, target.container, [...command], session.stdout, session.stderr, session.stdin, false, session.end)
    .then((socket: unknown) => session.opened(socketIn(socket), run.input), (error: unknown) => session.fail(`the stream could not be opened (${openingError(error)})`))
  try {
    await within(Promise.all([opened, session.ended]), run.budget, `"${command.join(' ')}" in ${where} to end`, session.close)
  }
  catch (error) {
    if (error instanceof IndeterminateError) throw error
    throw new IndeterminateError(`expected "${command.join(' ')}" to run in ${where}, but ${sentenceOf(error)}`)
  }
  finally {
    run.signal?.removeEventListener('abort', cut)
  }
}

interface Socket {
  close: () => void
  terminate?: () => void
  on: (event: 'close', listener: (code: number) => void) => unknown
}

/** The client's type for it comes from a package that is not installed; this is the part of it that is used. */
function socketIn(value: unknown): Socket {
  if (!isSocket(value)) throw new TypeError('expected the exec stream to be a socket')
  return value
}

function isSocket(value: unknown): value is Socket {
  return typeof value === 'object' && value !== null && 'close' in value && 'on' in value && typeof value.on === 'function'
}

/** One exec stream: its pipes, and the promise of its end. */
class Session {
  readonly stdin = new PassThrough()
  readonly stdout: Writable
  readonly stderr: Writable
  readonly ended: Promise<void>
  private readonly complained: Buffer[] = []
  private resolve: () => void = () => {}
  private reject: (error: Error) => void = () => {}
  private socket: Socket | undefined

  constructor(hear: (chunk: Buffer) => void) {
    this.stdout = heard(hear)
    this.stderr = heard((chunk) => this.complained.push(chunk))
    this.ended = new Promise((resolve, reject) => {
      this.resolve = resolve
      this.reject = reject
    })
    this.ended.catch(() => {})
  }

  opened(socket: Socket, input: string): void {
    this.socket = socket
    // Without a status the stream was cut: the pod, its node or the API server went away.
    socket.on('close', (code) => this.fail(`the stream was closed (${code}) before the command ended`))
    // Standard input stays open: the agent reads one line, and closing it early would cut the stream on old protocols.
    this.stdin.write(input)
  }

  fail(why: string): void {
    this.reject(new Error(why))
  }

  readonly end = (status: V1Status): void => {
    if (status.status === 'Success') this.resolve()
    else this.fail(`it failed: ${status.message ?? 'no message'}${this.complaint()}`)
  }

  readonly close = (): void => {
    this.stdin.destroy()
    if (this.socket?.terminate !== undefined) this.socket.terminate()
    else this.socket?.close()
  }

  private complaint(): string {
    const text = Buffer.concat(this.complained).toString('utf8').trim()
    return text === '' ? '' : ` (${text.slice(0, 400)})`
  }
}

function heard(hear: (chunk: Buffer) => void): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      hear(chunk)
      done()
    },
  })
}

/** The client rejects with an event of the socket, which holds the error or its message. */
function openingError(event: unknown): string {
  if (typeof event === 'object' && event !== null && 'message' in event && typeof event.message === 'string') return event.message
  return sentenceOf(event)
}

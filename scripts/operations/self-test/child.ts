import { join } from 'node:path'
import { $ } from 'zx'
import { repository } from '../../../fixtures/sandbox/paths.ts'

export interface Ended { code: number, stdout: string, stderr: string }

export interface ChildOptions {
  cwd?: string
  env?: Readonly<Record<string, string>>
  signal: AbortSignal
}

/** Runs a program to its end, in the checkout unless said; never rejects for an exit code. Without colours, whoever started us. */
export async function run(program: string, args: readonly string[], { cwd = repository, env = {}, signal }: ChildOptions): Promise<Ended> {
  signal.throwIfAborted()
  const child = $({ cwd, quiet: true, nothrow: true, signal, env: { ...process.env, NO_COLOR: '1', ...env } })
  const { exitCode, stdout, stderr } = await child`${program} ${args}`
  signal.throwIfAborted()
  return { code: exitCode ?? 1, stdout, stderr }
}

/** Runs a program of node_modules with the Node that runs us. */
export async function runModule(path: string, args: readonly string[], options: ChildOptions): Promise<Ended> {
  return run(process.execPath, [join(repository, 'node_modules', path), ...args], options)
}

/** The end of what a program said: errors come last. */
export function tail({ stdout, stderr }: Ended, lines = 20): string[] {
  return `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '').slice(-lines)
}

import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Budget } from '../budgets.ts'

/** How a command ended. `cutOff` says that it was stopped because its budget was used up or the run was cancelled. */
export interface Ended { exit: number | undefined, cutOff: boolean, output: string, seconds: number }

/** A shell session of one person: an empty home directory, a minimal environment, and what earlier commands have set. */
export interface Shell {
  home: string
  run: (command: string, budget: Budget, signal: AbortSignal) => Promise<Ended>
  /** Kills whatever still runs in it and removes its home. */
  close: () => Promise<void>
}

export interface Surroundings {
  /** Folders in which programs are found, in this order. */
  path: readonly string[]
  variables: Readonly<Record<string, string>>
  /** Files that the person has been handed, by their path below the home directory. */
  files?: Readonly<Record<string, string>> | undefined
}

/** Each command runs in a process group of its own, so that what it leaves in the background lives on for the next one and ends with the session. */
export async function openShell({ path, variables, files = {} }: Surroundings): Promise<Shell> {
  const root = await mkdtemp(join(tmpdir(), 'plumbline-guide-'))
  const home = join(root, 'home')
  await mkdir(home, { mode: 0o700 })
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(home, name)), { recursive: true, mode: 0o700 })
    await writeFile(join(home, name), text, { mode: 0o600 })
  }
  await writeFile(join(root, 'run'), runner(root))
  await writeFile(join(root, 'folder'), home)
  const environment = { LANG: 'C.UTF-8', TERM: 'dumb', USER: 'reader', ...variables, TMPDIR: root, HOME: home, PATH: path.join(':') }
  const groups: number[] = []
  return {
    home,
    run: async (command, budget, signal) => {
      await writeFile(join(root, 'command'), `${command}\n`)
      const started = performance.now()
      const { exit, cutOff } = await execute({ root, environment, groups, ends: AbortSignal.any([AbortSignal.timeout(budget.milliseconds), signal]) })
      const output = await readFile(join(root, 'output'), 'utf8')
      return { exit, cutOff, output, seconds: (performance.now() - started) / 1000 }
    },
    close: async () => {
      groups.forEach(killGroup)
      await rm(root, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

/** As at a prompt, variables, functions and the folder stay; unlike there, the first command that fails ends the block. Readonly variables are the shell's own. */
function runner(root: string): string {
  return [
    `[ ! -e ${root}/state ] || . ${root}/state 2>/dev/null`,
    `cd "$(cat ${root}/folder)"`,
    `trap '{ declare -p | grep -v "^declare -[a-zA-Z]*r"; declare -f; } > ${root}/state; pwd > ${root}/folder' EXIT`,
    'set -eo pipefail',
    `. ${root}/command`,
  ].join('\n')
}

async function execute({ root, environment, groups, ends }: { root: string, environment: Record<string, string>, groups: number[], ends: AbortSignal }): Promise<Pick<Ended, 'exit' | 'cutOff'>> {
  // A file and no pipe: what runs on in the background would keep a pipe open.
  const output = await open(join(root, 'output'), 'w', 0o600)
  try {
    return await new Promise((resolve, reject) => {
      const child = spawn('bash', ['--noprofile', '--norc', join(root, 'run')], { env: environment, cwd: root, detached: true, stdio: ['ignore', output.fd, output.fd] })
      const group = child.pid
      if (group !== undefined) groups.push(group)
      const stop = () => {
        if (group !== undefined) killGroup(group)
      }
      if (ends.aborted) stop()
      ends.addEventListener('abort', stop, { once: true })
      child.on('error', reject)
      child.on('exit', (code) => {
        ends.removeEventListener('abort', stop)
        resolve({ exit: code ?? undefined, cutOff: code === null && ends.aborted })
      })
    })
  }
  finally {
    await output.close()
  }
}

function killGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL')
  }
  catch {
    // Nothing of it runs any more.
  }
}

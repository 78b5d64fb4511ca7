import { readFile, readdir, readlink } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { hierarchies } from '../../../fixtures/sandbox/cluster/cgroups.ts'
import { cache } from '../../../fixtures/sandbox/paths.ts'

/** Where a machine is looked at; the real one unless said. */
export interface Machine {
  proc: string
  home: string
  cache: string
  /** Roots of the cgroup hierarchies. */
  cgroups: readonly string[]
  /** Named network namespaces. */
  namespaces: string
}

const thisMachine = (): Machine => ({ proc: '/proc', home: homedir(), cache, cgroups: hierarchies().folders, namespaces: '/run/netns' })

/**
 * What Plumbline could leave on a machine outside its cache and `reports/`, one sentence each: processes that run or work below the cache, mounts there, cgroups, named network
 * namespaces, network interfaces, what kubectl keeps in a home. Compare two of them: a machine has others' as well.
 */
export async function tracesOn(machine: Machine = thisMachine()): Promise<ReadonlySet<string>> {
  const found = await Promise.all([
    processes(machine),
    mounts(machine),
    ...machine.cgroups.map(async (folder) => below(folder, 'cgroup', (name) => name.startsWith('plumbline') || name === 'k8s.io')),
    below(machine.namespaces, 'network namespace'),
    interfaces(machine),
    kubeFiles(machine),
  ])
  return new Set(found.flat())
}

/** Programs of the cache, and whoever has a folder of it as working folder or on the command line. */
async function processes({ proc, cache: root }: Machine): Promise<string[]> {
  const ids = (await readdir(proc)).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(ids.map(async (id) => {
    const [cwd, command] = await Promise.all([readlink(join(proc, id, 'cwd')).catch(() => ''), readFile(join(proc, id, 'cmdline'), 'utf8').catch(() => '')])
    const words = command.split('\0').filter((word) => word !== '')
    return [cwd, ...words].some((word) => word.includes(`${root}/`)) ? [`process ${id} (${words.join(' ').slice(0, 120)})`] : []
  }))
  return found.flat()
}

async function mounts({ proc, cache: root }: Machine): Promise<string[]> {
  const lines = (await readFile(join(proc, 'self/mountinfo'), 'utf8')).split('\n')
  return lines.map((line) => line.split(' ')[4] ?? '').filter((point) => point.startsWith(`${root}/`)).map((point) => `mount ${point}`)
}

async function interfaces({ proc }: Machine): Promise<string[]> {
  const text = await readFile(join(proc, 'self/net/dev'), 'utf8')
  return [...text.matchAll(/^ *([^ :|]+):/gm)].map(([, name]) => `network interface ${name ?? ''}`)
}

async function below(folder: string, what: string, counts: (name: string) => boolean = () => true): Promise<string[]> {
  const names = await readdir(folder).catch((): string[] => [])
  return names.filter(counts).map((name) => `${what} ${join(folder, name)}`)
}

async function kubeFiles({ home }: Machine): Promise<string[]> {
  const files = await readdir(join(home, '.kube'), { recursive: true }).catch((): string[] => [])
  return files.map((name) => `file ${join(home, '.kube', name)}`)
}

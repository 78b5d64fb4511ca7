import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { paths } from '../../../fixtures/sandbox/paths.ts'
import { tool } from '../../../fixtures/sandbox/toolchain/tools.ts'
import { plainEnvironment, run } from './children.ts'
import type { ChildOptions, ChildResult } from './children.ts'

/** What a chart becomes: the manifests as one YAML text, and their digest. */
export interface Rendering { manifest: string, digest: string }

/** The newest record of a release; Helm's own words for its status. */
export interface ReleaseRecord { revision: number, status: string, description: string }

export interface HelmOptions {
  /** Path of the kubeconfig file; none is needed to render. */
  kubeconfig?: string
  /** Namespace of the release records. */
  records: string
  signal?: AbortSignal | undefined
  /** The binary; the pinned one unless said. */
  binary?: string
}

/** Default client limits make `--wait` three times slower (incluster.md §8). */
const unthrottled = ['--qps', '500', '--burst-limit', '1000']
const timeout = '5m'
const keptRevisions = 20

const historySchema = z.array(z.object({ revision: z.int(), status: z.string(), description: z.string() }))
const listSchema = z.array(z.object({ name: z.string(), revision: z.string(), status: z.string(), chart: z.string() }))

/** Helm 4 for one cluster. Values go in by standard input, so nothing of them is on a command line or on disk. */
export function helm({ kubeconfig, records, signal, binary }: HelmOptions) {
  const call = async (args: readonly string[], more: Partial<ChildOptions> = {}): Promise<ChildResult> => run(binary ?? await tool('helm'), args, {
    // Folders of its own, so that neither a person's repositories nor plugins take part, and nothing is written into anybody's home.
    env: { ...plainEnvironment(), ...ownFolders(), HELM_DRIVER: 'secret', ...(kubeconfig === undefined ? {} : { KUBECONFIG: kubeconfig }) },
    signal,
    ...more,
  })
  const inRecords = ['--namespace', records]
  const history = async (name: string, most: number): Promise<ReleaseRecord[]> => {
    const { code, stdout, stderr } = await call(['history', name, ...inRecords, '--max', String(most), '--output', 'json'], { answers: [1] })
    if (code === 0) return historySchema.parse(JSON.parse(stdout))
    if (/release: not found/.test(stderr)) return []
    throw new Error(`helm history ${name} failed: ${stderr.trim()}`)
  }

  return {
    /** Renders without a cluster. Rejects when the values do not fit the chart's schema. */
    async render(name: string, chart: string, values: unknown): Promise<Rendering> {
      const { stdout } = await call(['template', name, chart, ...inRecords, '--values', '-'], { input: JSON.stringify(values) })
      return { manifest: stdout, digest: `sha256:${createHash('sha256').update(stdout).digest('hex')}` }
    },

    /** The newest record, undefined when the release was never installed. */
    async latest(name: string): Promise<ReleaseRecord | undefined> {
      return (await history(name, 1)).at(-1)
    },

    /** Every kept record, oldest first; none when the release was never installed. */
    async history(name: string): Promise<ReleaseRecord[]> {
      return history(name, keptRevisions)
    },

    /** Installs or upgrades and waits until everything is ready. What somebody else changed on an object of the release is put back. */
    async install(name: string, chart: string, { values, description }: { values: unknown, description: string }): Promise<void> {
      await call([
        'upgrade', '--install', name, chart, ...inRecords, '--values', '-', '--description', description,
        '--server-side=true', '--force-conflicts', '--wait', '--timeout', timeout, '--history-max', String(keptRevisions), ...unthrottled,
      ], { input: JSON.stringify(values) })
    },

    /** Puts a release back to what a revision said, as a revision of its own, and waits until everything is ready. */
    async rollback(name: string, { revision, description }: Pick<ReleaseRecord, 'revision' | 'description'>): Promise<void> {
      await call(['rollback', name, String(revision), ...inRecords, '--description', description, '--server-side=true', '--force-conflicts', '--wait', '--timeout', timeout, '--history-max', String(keptRevisions), ...unthrottled])
    },

    async uninstall(name: string): Promise<void> {
      await call(['uninstall', name, ...inRecords, '--ignore-not-found', '--wait', '--timeout', timeout, ...unthrottled])
    },

    async list(): Promise<{ name: string, revision: number, status: string, chart: string }[]> {
      const { stdout } = await call(['list', ...inRecords, '--output', 'json'])
      return listSchema.parse(JSON.parse(stdout)).map((release) => ({ ...release, revision: Number(release.revision) }))
    },
  }
}

export type Helm = ReturnType<typeof helm>

function ownFolders(): Record<string, string> {
  const home = join(paths.work, 'helm')
  return { HELM_CONFIG_HOME: join(home, 'config'), HELM_CACHE_HOME: join(home, 'cache'), HELM_DATA_HOME: join(home, 'data'), KUBECACHEDIR: paths.discovery }
}

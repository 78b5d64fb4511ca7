import { lastChange } from './last-change.ts'
import { reconcile } from './layer.ts'
import type { Look } from './layer.ts'
import type { HelmRecord } from './release-records.ts'
import type { RenderedRelease } from './rendered.ts'

type Finding = Look['findings'][number]

/** The releases that Helm knows beside those that the checkout describes; `namespace` is where Helm keeps its records. */
export function helmLook(rendered: readonly RenderedRelease[], records: ReadonlyMap<string, HelmRecord>, namespace: string): Look {
  const described = new Set(rendered.map(({ name }) => name))
  const extra = [...records.values()].filter(({ name }) => !described.has(name)).map((record): Finding => ({
    ...named(record), how: 'unmanaged', detail: 'no release of terraform/releases.yaml', remedy: `\`helm uninstall ${record.name} --namespace ${namespace}\``,
  }))
  const findings = rendered.flatMap((release) => findingsOf(release, records.get(release.name)))
  return { compared: rendered.length + extra.length, findings: [...findings, ...extra] }
}

function findingsOf({ name, digest }: RenderedRelease, record: HelmRecord | undefined): Finding[] {
  if (record === undefined) return [{ kind: 'release', name, how: 'missing', detail: 'Helm has no record of it', owner: 'unknown', remedy: reconcile }]
  const detail = faultOf(record, digest)
  return detail === undefined ? [] : [{ ...named(record), how: 'changed', detail, remedy: reconcile }]
}

/** The pipeline writes the digest of what it rendered into the description; whoever installs or rolls back by hand leaves other words there. */
function faultOf({ revision, status, description }: HelmRecord, digest: string): string | undefined {
  if (status !== 'deployed') return `revision ${String(revision)} is ${status}, expected deployed`
  if (description === digest) return undefined
  if (!description.startsWith('sha256:')) return `revision ${String(revision)} was not made by the pipeline (${description})`
  return `revision ${String(revision)} has other manifests than the checkout would render`
}

function named({ name, secret }: HelmRecord): Pick<Finding, 'kind' | 'name' | 'owner'> {
  return { kind: 'release', name, owner: lastChange(secret) }
}

import { kindInWords, roomOf } from './document-kinds.ts'
import type { Kind } from './document-kinds.ts'
import type { Origin } from './documents.ts'
import type { Finding } from './judge.ts'

/** One file of one kind: what it was taken for, and how many verdicts are about it. */
export interface Taken {
  file: string
  kind: Kind
  /** Objects, when it has manifests; else 1. */
  parts: number
  verdicts: number
}

/** What every file was taken for. One that no policy looks at has no verdicts: nothing is known about it. */
export function takenOf(origins: readonly Origin[], findings: readonly Finding[]): Taken[] {
  const files = Map.groupBy(origins, ({ file, kind }) => `${kind} ${file}`)
  return [...files.values()].flatMap((parts) => {
    const [first] = parts
    return first === undefined ? [] : [{ file: first.file, kind: first.kind, parts: parts.length, verdicts: verdictsAbout(first, parts, findings) }]
  })
}

function verdictsAbout({ kind, file }: Origin, parts: readonly Origin[], findings: readonly Finding[]): number {
  const inRoom = findings.filter(({ rule }) => rule.room === roomOf[kind])
  if (kind === 'manifests') {
    const subjects = new Set(parts.map(({ subject }) => subject))
    return inRoom.filter(({ subject }) => subjects.has(subject)).length
  }
  if (roomOf[kind] === 'pipeline') return inRoom.filter(({ subject }) => subject === file || subject.startsWith(`${file} `)).length
  const documents = new Set(parts.map(({ document }) => document))
  return inRoom.filter(({ document }) => documents.has(document)).length
}

/** One line per kind: what was taken for it. */
export function takenInWords(taken: readonly Taken[]): string[] {
  return Object.keys(kindInWords).flatMap((kind) => {
    const those = taken.filter((one) => one.kind === kind)
    const [first] = those
    if (first === undefined) return []
    const objects = those.reduce((sum, { parts }) => sum + parts, 0)
    const what = first.kind === 'manifests' ? `${String(objects)} Kubernetes object${objects === 1 ? '' : 's'}` : kindInWords[first.kind]
    return [`taken for ${what}: ${those.map(({ file }) => file).join(', ')}`]
  })
}

/** A sentence for each file about which nothing is known. */
export function unjudgedInWords(taken: readonly Taken[]): string[] {
  return taken.filter(({ verdicts }) => verdicts === 0).map(({ file, kind }) => `${file} was taken for ${kindInWords[kind]}, but no policy looks at anything in it, so nothing is known about it. Leave it out, or write a policy (docs/platform/policies.md).`)
}

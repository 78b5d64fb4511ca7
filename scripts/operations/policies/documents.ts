import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { LineCounter, parseAllDocuments } from 'yaml'
import { UsageFailure, sentenceOf } from '../../console/failure.ts'
import { kindOf, objectName, roomOf, unlisted } from './document-kinds.ts'
import type { Kind } from './document-kinds.ts'
import type { Documents } from './judge.ts'

interface Source { name: string, text: string }

/** One thing that was found in a file, and what it was taken for. */
export interface Origin {
  file: string
  kind: Kind
  /** Which document of its room it is, or is a part of. */
  document: number
  /** Line at which it begins, from 1; undefined in JSON. */
  line: number | undefined
  /** What the policies call it, of Kubernetes objects. */
  subject?: string
}

export interface Given {
  documents: Documents
  origins: readonly Origin[]
  /** The text of each file. */
  texts: ReadonlyMap<string, string>
}

const judgedFile = /\.(ya?ml|json|tfstate)$/

/** What is at paths; `-` is standard input. All manifests together are one rendering, all workflows, release lists and platform files one pipeline. Rejects with a UsageFailure that says what a file is not. */
export async function readDocuments(paths: readonly string[], standardInput: () => Promise<string>): Promise<Given> {
  const sources = (await Promise.all(paths.map(async (path) => path === '-' ? [{ name: 'standard input', text: await standardInput() }] : sourcesAt(path)))).flat()
  return documentsOf(sources)
}

async function sourcesAt(path: string): Promise<Source[]> {
  const about = await stat(path).catch((error: unknown) => { throw new UsageFailure(`${path} cannot be read: ${sentenceOf(error)}. Give the path of a plan or a state in JSON, of a manifest or a workflow, or of a folder of them.`) })
  if (!about.isDirectory()) return [{ name: path, text: await readFile(path, 'utf8') }]
  const files = (await readdir(path, { recursive: true })).filter((file) => judgedFile.test(file)).toSorted()
  return Promise.all(files.map(async (file) => ({ name: join(path, file), text: await readFile(join(path, file), 'utf8') })))
}

interface Found { file: string, kind: Kind, value: unknown, line: number | undefined }

/** Sorts texts by what they are. Throws a UsageFailure for what no rule judges, and when there is nothing. */
export function documentsOf(sources: readonly Source[]): Given {
  const found = sources.flatMap(({ name, text }) => valuesOf(name, text).flatMap(({ value, line }) => unlisted(value).map((one) => ({ file: name, kind: known(name, one), value: one, line }))))
  if (found.length === 0) throw new UsageFailure(`Nothing to judge was found in ${sources.map(({ name }) => name).join(', ') || 'what was given'}: ${expected}.`)
  const of = (kind: Kind) => found.filter((one) => one.kind === kind)
  const inFiles = (kind: Kind) => of(kind).map(({ file, value }) => ({ file, content: value }))
  const pipeline = { workflows: inFiles('workflow'), releases: inFiles('releases'), platforms: inFiles('platform') }
  const objects = of('manifests').map(({ value }) => value)
  return {
    documents: {
      plan: of('plan').map(({ value }) => value),
      state: of('state').map(({ value }) => value),
      manifests: objects.length === 0 ? [] : [{ objects }],
      pipeline: Object.values(pipeline).every((list) => list.length === 0) ? [] : [pipeline],
    },
    origins: found.map((one) => originOf(one, of(one.kind))),
    texts: new Map(sources.map(({ name, text }) => [name, text])),
  }
}

/** Plans and states are documents each; everything else is a part of one. */
function originOf(one: Found, alike: readonly Found[]): Origin {
  const { file, kind, line } = one
  const whole = kind === roomOf[kind] && kind !== 'manifests'
  return { file, kind, line, document: whole ? alike.indexOf(one) : 0, ...(kind === 'manifests' ? { subject: objectName(one.value) } : {}) }
}

const expected = 'expected a plan in JSON (terraform show -json PLAN), a state (terraform state pull), Kubernetes manifests, a workflow of GitHub Actions, a release list or a platform file'

function known(name: string, value: unknown): Kind {
  const kind = kindOf(value)
  if (kind === undefined) throw new UsageFailure(`${name} has something that no policy judges: ${expected}. Render charts with \`helm template\` and plans with \`terraform show -json\` first.`)
  return kind
}

function valuesOf(name: string, text: string): { value: unknown, line: number | undefined }[] {
  if (text.includes('\0')) throw new UsageFailure(`${name} is not text: expected a plan in JSON. Make one with \`terraform show -json ${name}\`.`)
  const json = jsonOf(text)
  if (json !== undefined) return [{ value: json, line: undefined }]
  const lines = new LineCounter()
  return parseAllDocuments(text, { merge: true, lineCounter: lines }).flatMap((document) => {
    const [problem] = document.errors
    if (problem !== undefined) throw new UsageFailure(`${name} is neither JSON nor YAML: ${sentenceOf(problem)} A chart is judged as \`helm template\` renders it.`)
    const value: unknown = document.toJS()
    return value === null || value === undefined ? [] : [{ value, line: lines.linePos(document.contents?.range[0] ?? document.range[0]).line }]
  })
}

/** The value of a JSON object; a YAML reader would take a hundred times as long for a large plan. */
function jsonOf(text: string): unknown {
  if (!text.trimStart().startsWith('{')) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

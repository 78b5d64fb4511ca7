import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { UsageFailure, sentenceOf } from '../../console/failure.ts'
import type { Documents } from './judge.ts'

const planSchema = z.looseObject({ format_version: z.string(), resource_changes: z.array(z.unknown()).optional(), planned_values: z.unknown() })
const objectSchema = z.looseObject({ apiVersion: z.string(), kind: z.string(), metadata: z.looseObject({ name: z.string().optional() }).optional() })
const listSchema = z.looseObject({ kind: z.string().endsWith('List'), items: z.array(z.unknown()) })

interface Source { name: string, text: string }

const manifestFile = /\.(ya?ml|json)$/

/** The plans and manifests at paths; `-` is standard input. All manifests together are one rendering. Rejects with a UsageFailure that says what a file is not. */
export async function readDocuments(paths: readonly string[], standardInput: () => Promise<string>): Promise<Documents> {
  const sources = (await Promise.all(paths.map(async (path) => path === '-' ? [{ name: 'standard input', text: await standardInput() }] : sourcesAt(path)))).flat()
  return documentsOf(sources)
}

async function sourcesAt(path: string): Promise<Source[]> {
  const about = await stat(path).catch((error: unknown) => { throw new UsageFailure(`${path} cannot be read: ${sentenceOf(error)}. Give the path of a plan in JSON, of a manifest, or of a folder of manifests.`) })
  if (!about.isDirectory()) return [{ name: path, text: await readFile(path, 'utf8') }]
  const files = (await readdir(path, { recursive: true })).filter((file) => manifestFile.test(file)).toSorted()
  return Promise.all(files.map(async (file) => ({ name: join(path, file), text: await readFile(join(path, file), 'utf8') })))
}

/** Sorts texts by what they are. Throws a UsageFailure for what is neither a plan nor a manifest, and when there is nothing. */
export function documentsOf(sources: readonly Source[]): { plan: unknown[], manifests: { objects: unknown[] }[] } {
  const values = sources.flatMap(({ name, text }) => valuesOf(name, text).map((value) => ({ name, value })))
  const plans = values.filter(({ value }) => planSchema.safeParse(value).success)
  const objects = values.filter((one) => !plans.includes(one)).flatMap(({ name, value }) => objectsOf(name, value))
  if (plans.length + objects.length === 0) throw new UsageFailure(`Nothing to judge was found in ${sources.map(({ name }) => name).join(', ') || 'what was given'}: expected a plan in JSON (terraform show -json PLAN) or Kubernetes manifests.`)
  return { plan: plans.map(({ value }) => value), manifests: objects.length === 0 ? [] : [{ objects }] }
}

function valuesOf(name: string, text: string): unknown[] {
  if (text.includes('\0')) throw new UsageFailure(`${name} is not text: expected a plan in JSON. Make one with \`terraform show -json ${name}\`.`)
  return parseAllDocuments(text, { merge: true }).flatMap((document) => {
    const [problem] = document.errors
    if (problem !== undefined) throw new UsageFailure(`${name} is neither JSON nor YAML: ${sentenceOf(problem)} A chart is judged as \`helm template\` renders it.`)
    const value: unknown = document.toJS()
    return value === null || value === undefined ? [] : [value]
  })
}

function objectsOf(name: string, value: unknown): unknown[] {
  const list = listSchema.safeParse(value)
  if (list.success) return list.data.items.flatMap((item) => objectsOf(name, item))
  const object = objectSchema.safeParse(value)
  if (!object.success) throw new UsageFailure(`${name} has something that is neither a plan nor a Kubernetes object: expected apiVersion and kind. Render charts with \`helm template\` and plans with \`terraform show -json\` first.`)
  return [object.data]
}

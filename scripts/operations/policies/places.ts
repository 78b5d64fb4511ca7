import { relative, resolve, sep } from 'node:path'
import { readYaml } from '../pipeline/yaml-lines.ts'
import { roomOf } from './document-kinds.ts'
import type { Given, Origin } from './documents.ts'
import type { Finding } from './judge.ts'
import type { TerraformSources } from './terraform-blocks.ts'

export interface Location { file: string, line?: number }

/**
 * Where the thing that a finding is about is written: the line in a workflow or a platform file, the document of a manifest, the block in the
 * Terraform files. Where nothing better is known, the file that was judged; undefined for standard input.
 */
export async function placeOf(finding: Finding, given: Pick<Given, 'origins' | 'texts'>, terraform: TerraformSources): Promise<Location | undefined> {
  const { rule: { room }, subject, document } = finding
  const origins = given.origins.filter(({ kind }) => roomOf[kind] === room)
  if (room === 'pipeline') return inPipeline(subject, origins, given.texts)
  if (room === 'manifests') return located(origins.find((one) => one.subject === subject))
  const block = await terraform.where(subject)
  return block === undefined ? located(origins.find((one) => one.document === document)) : { file: shown(block.file), line: block.line }
}

function inPipeline(subject: string, origins: readonly Origin[], texts: Given['texts']): Location | undefined {
  const file = origins.map((one) => one.file).find((one) => subject === one || subject.startsWith(`${one} `))
  if (file === undefined || file === standardInput) return undefined
  const path = subject.slice(file.length + 1).split('.').filter((part) => part !== '').map((part) => /^\d+$/.test(part) ? Number(part) : part)
  const line = Number(readYaml(texts.get(file) ?? '', file).where(path).split(':').at(-1))
  return { file: shown(file), line }
}

const standardInput = 'standard input'

function located(origin: Origin | undefined): Location | undefined {
  if (origin === undefined || origin.file === standardInput) return undefined
  return { file: shown(origin.file), ...(origin.line === undefined ? {} : { line: origin.line }) }
}

/** Relative to where the command was called, with slashes; absolute when it lies elsewhere. */
function shown(file: string): string {
  const path = relative(process.cwd(), file)
  return (path.startsWith('..') ? resolve(file) : path).split(sep).join('/')
}

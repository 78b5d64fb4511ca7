import { LineCounter, isAlias, isMap, isNode, isSeq, parseDocument } from 'yaml'
import type { Document } from 'yaml'
import { UsageFailure } from '../../console/failure.ts'

type Path = readonly (string | number)[]

/** A YAML text with the way back from a key to its line. */
export interface YamlText {
  value: unknown
  /** `<file>:<line>` of the key at a path; of the nearest key above it that is there, when it is not. */
  where(path: Path): string
  /** The value at a path, undefined when there is none. */
  at(path: Path): unknown
}

/** Reads one YAML document. Throws a UsageFailure that names the line when the text is not YAML, or names a key twice. */
export function readYaml(text: string, file: string): YamlText {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true })
  const problem = document.errors[0]
  if (problem !== undefined) {
    throw new UsageFailure(`${file}:${lines.linePos(problem.pos[0]).line}: this is not valid YAML: ${problem.message}`)
  }
  const value: unknown = document.toJS()
  return {
    value,
    where: (path) => `${file}:${lines.linePos(offsetOf(document, path)).line}`,
    at: (path) => valueAt(value, path),
  }
}

/** Walks down from the top, through anchors to where a value was written, and keeps the last key that is there. */
function offsetOf(document: Document.Parsed, path: Path): number {
  let offset = document.contents?.range[0] ?? 0
  let node: unknown = document.contents
  for (const part of path) {
    const found = entryAt(node, part)
    if (found === undefined) return offset
    offset = found.offset ?? offset
    node = isAlias(found.value) ? found.value.resolve(document) : found.value
  }
  return offset
}

function entryAt(node: unknown, part: string | number): { offset: number | undefined, value: unknown } | undefined {
  if (isSeq(node) && typeof part === 'number') {
    const value = node.items[part]
    return isNode(value) ? { offset: value.range?.[0], value } : undefined
  }
  if (!isMap(node)) return undefined
  const pair = node.items.find(({ key }) => isNode(key) && key.toJSON() === part)
  return pair !== undefined && isNode(pair.key) ? { offset: pair.key.range?.[0], value: pair.value } : undefined
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((current, part) => {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, part)) return undefined
    return Reflect.get(current, part)
  }, value)
}

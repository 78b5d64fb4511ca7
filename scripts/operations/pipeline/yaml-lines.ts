import { LineCounter, isMap, isNode, parseDocument } from 'yaml'
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

function offsetOf(document: Document.Parsed, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const found = keyOffset(document, path.slice(0, length))
    if (found !== undefined) return found
  }
  return document.contents?.range[0] ?? 0
}

function keyOffset(document: Document.Parsed, path: Path): number | undefined {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  const last = path.at(-1)
  if (isMap(parent)) {
    const key = parent.items.map((pair) => pair.key).find((each) => isNode(each) && each.toJSON() === last)
    return isNode(key) ? key.range?.[0] : undefined
  }
  const node = document.getIn(path, true)
  return isNode(node) ? node.range?.[0] : undefined
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((current, part) => {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, part)) return undefined
    return Reflect.get(current, part)
  }, value)
}

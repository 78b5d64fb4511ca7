type Part = string | number

/**
 * Where two JSON values differ, as paths: never the values, which may be secret. What `unknown` marks with true is left out: it is known
 * only after an apply, so nothing can be said about it. A list of another length, or of plain values, is one path.
 */
export function differingPaths(before: unknown, after: unknown, unknown: unknown = {}): Part[][] {
  if (unknown === true || same(before, after)) return []
  if (isList(before) && isList(after) && before.length === after.length && before.every(isComposite)) {
    return before.flatMap((one, index) => below(index, differingPaths(one, after[index], at(unknown, index))))
  }
  if (isFields(before) && isFields(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted()
    return names.flatMap((name) => below(name, differingPaths(before[name], after[name], at(unknown, name))))
  }
  return [[]]
}

/** As Terraform writes it: `control_plane[0].acl[0].enabled`. */
export function pathText(path: readonly Part[]): string {
  return path.map((part, index) => typeof part === 'number' ? `[${String(part)}]` : `${index === 0 ? '' : '.'}${part}`).join('')
}

function below(part: Part, paths: Part[][]): Part[][] {
  return paths.map((path) => [part, ...path])
}

function same(one: unknown, other: unknown): boolean {
  return one === other || (isNothing(one) && isNothing(other)) || JSON.stringify(one) === JSON.stringify(other)
}

/** What is not there and null are the same to Terraform. */
function isNothing(value: unknown): boolean {
  return value === undefined || value === null
}

function isComposite(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value)
}

function isFields(value: unknown): value is Record<string, unknown> {
  return isComposite(value) && !Array.isArray(value)
}

function at(value: unknown, part: Part): unknown {
  if (value === true) return true
  if (isList(value) && typeof part === 'number') return value[part]
  return isFields(value) ? value[part] : undefined
}

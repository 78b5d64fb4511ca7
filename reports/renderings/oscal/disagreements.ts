import type { Results } from '../../model/results.ts'
import { openRequirements, waivedFindings } from './poam.ts'
import { hrefOf } from './document.ts'
import { isObject, readItems, valueOf, type Item } from './reading.ts'
import { line } from './text.ts'

/**
 * Whether a document says what the results say. Only what every version of the renderer writes is read: the properties `run-id`, `requirement`, `verdict`, `case` and
 * `waiver` in our namespace, the state of a finding's target, and the digests of raw files. A document that an older renderer wrote differently still agrees.
 */
type Compared = readonly [what: string, said: readonly string[], found: readonly string[]]

export function catalogDisagreements(name: string, content: string, results: Results): readonly string[] {
  return compared(name, content, results, (items) => [['the requirements', at(items, 'controls', 'requirement'), requirementIds(results)]])
}

export function planDisagreements(name: string, content: string, results: Results): readonly string[] {
  return compared(name, content, results, (items) => [
    ['the requirements', at(items, 'activities', 'requirement'), requirementIds(results)],
    ['the cases', at(items, 'tasks', 'case'), results.cases.map(({ id }) => line(id))],
  ])
}

export function resultsDisagreements(name: string, content: string, results: Results): readonly string[] {
  return compared(name, content, results, (items) => [
    ['the verdict of the run', at(items, 'results', 'verdict'), [results.verdict]],
    ['the verdicts of the requirements', at(items, 'findings', 'requirement', 'verdict'), verdictsOf(results.requirements)],
    ['what is satisfied', satisfied(items), satisfiedIds(results)],
    ['the verdicts of the cases', at(items, 'observations', 'case', 'verdict').filter((said) => !said.endsWith(' not-run')), verdictsOf(results.cases.filter(({ verdict }) => verdict !== 'not-run'))],
    ['the raw files', digests(items), rawFiles(results)],
  ])
}

export function poamDisagreements(name: string, content: string, results: Results): readonly string[] {
  return compared(name, content, results, (items) => {
    const isWaiver = (item: Item) => valueOf(item, 'waiver') !== undefined
    return [
      ['what is open', at(items.filter((item) => !isWaiver(item)), 'poam-items', 'requirement', 'verdict'), verdictsOf(openRequirements(results))],
      ['the waivers', at(items.filter(isWaiver), 'poam-items', 'waiver'), waivedFindings(results).map(({ waiver }) => line(waiver.ticket))],
      // Copies: those that are there have to be right.
      ['the verdicts of the requirements', without(at(items, 'findings', 'requirement', 'verdict'), verdictsOf(results.requirements)), []],
      ['what is satisfied', without(satisfied(items), satisfiedIds(results)), []],
      ['the verdicts of the cases', without(at(items, 'observations', 'case', 'verdict'), verdictsOf(results.cases)), []],
      ['the raw files', without(digests(items), rawFiles(results)), []],
    ]
  })
}

function compared(name: string, content: string, results: Results, comparing: (items: readonly Item[]) => readonly Compared[]): readonly string[] {
  const items = readItems(name, content)
  if (typeof items === 'string') return [items]
  const run = items.filter(({ place }) => place === 'metadata').map((item) => valueOf(item, 'run-id') ?? 'without an id')
  return [['the run', run, [line(results.runId)]] as const, ...comparing(items)].flatMap((one) => difference(name, one))
}

function difference(name: string, [what, said, found]: Compared): readonly string[] {
  const here = without(said, found)
  const there = without(found, said)
  if (here.length + there.length === 0) return []
  const difference = here.length === 0 ? `it does not say ${few(there)}` : `it says ${few(here)}, and results.json ${there.length === 0 ? 'does not' : few(there)}`
  return [`${name} disagrees with results.json about ${what}: ${difference}.`]
}

/** What is left of a list when each of the others is taken out of it once. */
function without(items: readonly string[], others: readonly string[]): readonly string[] {
  const left = new Map<string, number>()
  for (const other of others) left.set(other, (left.get(other) ?? 0) + 1)
  return items.filter((item) => {
    const count = left.get(item) ?? 0
    left.set(item, count - 1)
    return count <= 0
  })
}

function few(items: readonly string[]): string {
  const more = items.length > 3 ? ` and ${items.length - 3} more` : ''
  return `${items.slice(0, 3).join(', ')}${more}`
}

function at(items: readonly Item[], place: string, ...names: readonly string[]): readonly string[] {
  return items.filter((item) => item.place === place).map((item) => names.map((name) => valueOf(item, name) ?? `no ${name}`).join(' '))
}

function satisfied(items: readonly Item[]): readonly string[] {
  return items.filter((item) => item.place === 'findings' && stateOf(item) !== 'not-satisfied').map((item) => valueOf(item, 'requirement') ?? 'no requirement')
}

/** Anything but `not-satisfied` is held against the results, so that no other word can hide a pass. */
function stateOf({ fields: { target } }: Item): unknown {
  return isObject(target) && isObject(target['status']) ? target['status']['state'] : undefined
}

function digests(items: readonly Item[]): readonly string[] {
  return items.filter(({ place, fields: { href } }) => place === 'rlinks' && typeof href === 'string' && href.startsWith('raw/')).map(({ fields: { href, hashes } }) => {
    const [hash] = Array.isArray(hashes) ? hashes.filter(isObject) : []
    return `${String(href)} ${String(hash?.['value'])}`
  })
}

function rawFiles({ cases }: Results): readonly string[] {
  const raw = cases.flatMap(({ evidence }) => evidence).flatMap((one) => (one.raw === undefined ? [] : [`${hrefOf(one.raw.path)} ${one.raw.sha256}`]))
  return [...new Set(raw)]
}

function verdictsOf(all: readonly { readonly id: string, readonly verdict: string }[]): readonly string[] {
  return all.map(({ id, verdict }) => `${line(id)} ${verdict}`)
}

function satisfiedIds({ requirements }: Results): readonly string[] {
  return requirements.filter(({ verdict }) => verdict === 'satisfied').map(({ id }) => line(id))
}

function requirementIds({ requirements }: Results): readonly string[] {
  return requirements.map(({ id }) => line(id))
}

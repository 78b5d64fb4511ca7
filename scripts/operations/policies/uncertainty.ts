import { z } from 'zod'
import type { Evaluate, RuleVerdict } from './evaluate.ts'

/** A rule that allows something whose value it does not know, though with some value it would deny it. */
export interface Gap { rule: string, subject: string, path: string, deniedWith: string }

type Path = readonly (string | number)[]

const changeSchema = z.looseObject({ after: z.unknown(), after_unknown: z.unknown() })
export const planSchema = z.looseObject({
  resource_changes: z.array(z.looseObject({ address: z.string(), change: changeSchema })),
  output_changes: z.record(z.string(), changeSchema).optional(),
})
type Change = z.infer<typeof changeSchema>
type Plan = z.infer<typeof planSchema>

/**
 * Replaces every known value of a plan, one after the other, by one that is not known before the apply, and asks every rule. Where a rule still allows
 * (or no longer looks at) what it would deny with some other value at the same place, it has called something allowed that it cannot know.
 */
export function gapsIn(plan: Plan, evaluate: Evaluate): Gap[] {
  return placesIn(plan).flatMap(({ name, change, put }) => {
    const judged = (changed: Change): ReadonlyMap<string, RuleVerdict> => evaluate('plan', put(changed))
    const denials = new Map<string, Denied[]>()
    const leaves = pathsIn(change.after)
    for (const path of leaves) denials.set(key(path), variantsOf(at(change.after, path)).flatMap((value) => deniedBy(judged({ ...change, after: replaced(change.after, path, value) }), value)))
    return leaves.flatMap((path) => {
      const below = leaves.filter((other) => key(other) === key(path) || key(other).startsWith(`${key(path)}.`))
      const possible = below.flatMap((other) => denials.get(key(other)) ?? [])
      const unknown = judged({ after: withoutValue(change.after, path), after_unknown: replaced(change.after_unknown, path, true) })
      return possible.filter((one, index) => possible.findIndex((other) => same(one, other)) === index && !isDoubted(unknown.get(one.rule), one.subject))
        .map(({ rule, subject, value }) => ({ rule, subject, path: `${name}.${key(path)}`, deniedWith: JSON.stringify(value) }))
    })
  })
}

export function gapInWords({ rule, subject, path, deniedWith }: Gap): string {
  return `plan/${rule} allows ${subject} while ${path} is not known, but denies it when that is ${deniedWith}: say unknown, or deny it`
}

interface Denied { rule: string, subject: string, value: unknown }

function same(a: Denied, b: Denied): boolean {
  return a.rule === b.rule && a.subject === b.subject
}

function deniedBy(verdicts: ReadonlyMap<string, RuleVerdict>, value: unknown): Denied[] {
  return [...verdicts].flatMap(([rule, { deny }]) => deny.map(({ subject }) => ({ rule, subject, value })))
}

function isDoubted(verdict: RuleVerdict | undefined, subject: string): boolean {
  return verdict !== undefined && [...verdict.deny, ...verdict.unknown].some((one) => one.subject === subject)
}

/** Every resource and output that has values after the apply, with the plan that it becomes when its change is another. */
function placesIn(plan: Plan): { name: string, change: Change, put: (change: Change) => Plan }[] {
  const resources = plan.resource_changes.map((resource, index) => ({
    name: resource.address, change: resource.change,
    put: (change: Change): Plan => ({ ...plan, resource_changes: plan.resource_changes.with(index, { ...resource, change: { ...resource.change, ...change } }) }),
  }))
  const outputs = Object.entries(plan.output_changes ?? {}).map(([name, output]) => ({
    name: `output.${name}`, change: output,
    put: (change: Change): Plan => ({ ...plan, output_changes: { ...plan.output_changes, [name]: { ...output, ...change } } }),
  }))
  return [...resources, ...outputs].filter(({ change }) => change.after !== null)
}

function key(path: Path): string {
  return path.join('.')
}

function entriesOf(value: unknown): [string | number, unknown][] {
  if (Array.isArray(value)) return value.map((held: unknown, index) => [index, held])
  return typeof value === 'object' && value !== null ? Object.entries(value) : []
}

/** Paths of all values in a value, of what holds others too; not of the value itself, nor of what is null. */
function pathsIn(value: unknown, above: Path = []): Path[] {
  return entriesOf(value).filter(([, held]) => held !== null).flatMap(([part, held]) => [[...above, part], ...pathsIn(held, [...above, part])])
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((holder, part) => entriesOf(holder).find(([name]) => name === part)?.[1], value)
}

/** A copy with another value at a path; what holds it is made where it is not there. */
function replaced(value: unknown, [part, ...rest]: Path, by: unknown): unknown {
  if (part === undefined) return by
  if (typeof part === 'number') {
    const list: unknown[] = entriesOf(value).map(([, held]) => held)
    while (list.length <= part) list.push({})
    return list.with(part, replaced(list[part], rest, by))
  }
  const holder = Object.fromEntries(entriesOf(value))
  return { ...holder, [part]: replaced(holder[part], rest, by) }
}

/** As Terraform shows what is not known: an attribute is left out, an element of a list is null. */
function withoutValue(value: unknown, path: Path): unknown {
  const part = path.at(-1)
  if (typeof part !== 'string') return replaced(value, path, null)
  const above = path.slice(0, -1)
  return replaced(value, above, Object.fromEntries(entriesOf(at(value, above)).filter(([name]) => name !== part)))
}

const texts = ['', 'x', '*', 'account:read_write', 'events:read_write', 'public-read', 'read_write', 'ACCEPT', 'enterprise', 'g6-nanode-1', 'postgresql/9', '0.0.0.0/0', '::/0', '198.51.100.0/24', 'plumbline-state', 'eu-west']
const numbers = [0, 1, -1, 29, 89]

/** Other values of the same type: nothing, the ends, and what some rule is about. */
function variantsOf(value: unknown): unknown[] {
  if (typeof value === 'string') return [null, ...texts]
  if (typeof value === 'number') return [null, ...numbers]
  if (typeof value === 'boolean') return [null, true, false]
  return Array.isArray(value) ? [null, []] : [null, {}]
}

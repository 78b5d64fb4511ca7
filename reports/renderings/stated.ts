import { countsSchema, type Counts } from '../model/counts.ts'
import type { Results } from '../model/results.ts'
import { verdicts, type Verdict } from '../model/verdict.ts'

/** The numbers that every rendering must agree on. */
export function summaryOf(results: Results) {
  const { runId, target, verdict, exitCode, counts } = results
  return { runId, target, verdict, exitCode, counts }
}

const groups = ['requirements', 'cases', 'cells'] as const
type Group = (typeof groups)[number]
type PerVerdict = Partial<Record<Verdict, number>>

/** What a file was found to state when it was read back. */
export interface Stated {
  readonly runId: string | undefined
  readonly target: string | undefined
  readonly verdict: string | undefined
  readonly exitCode: number | undefined
  readonly counts: Readonly<Record<Group, PerVerdict>>
  /** Records of evidence over all cases. */
  readonly evidence: number | undefined
  /** Where the file contradicts itself, a clause each: "shows 3 cases as passed, of which 2 are satisfied". */
  readonly faults: readonly string[]
}

/** What a file states that is not what the results say; a file that cannot be read states nothing. */
export function differences(name: string, read: () => Stated, results: Results): readonly string[] {
  try {
    const stated = read()
    const facts = (['runId', 'target', 'verdict', 'exitCode'] as const).filter((fact) => stated[fact] !== results[fact])
    const unequal = stated.evidence === results.counts.evidence ? [] : [`${name} says that there are ${stated.evidence ?? 'no'} records of evidence, but results.json ${results.counts.evidence}.`]
    return [
      ...facts.map((fact) => `${name} says that the ${inWords[fact]} is ${stated[fact] ?? 'not stated'}, but results.json that it is ${results[fact]}.`),
      ...groups.flatMap((group) => miscounted(stated.counts[group], results.counts[group]).map((words) => `${name} counts ${words[0]} ${group}, but results.json ${words[1]}.`)),
      ...unequal,
      ...stated.faults.map((fault) => `${name} ${fault}.`),
    ]
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown)
    return [`${name} cannot be read back (${why.trim().replaceAll(/\s+/g, ' ').slice(0, mostOfAnError)}).`]
  }
}

const inWords = { runId: 'run', target: 'target', verdict: 'verdict', exitCode: 'exit code' } as const

/** Characters of what a parser says that are passed on. */
const mostOfAnError = 300

function miscounted(stated: PerVerdict, expected: PerVerdict): (readonly [string, string])[] {
  return verdicts
    .filter((verdict) => (stated[verdict] ?? 0) !== (expected[verdict] ?? 0))
    .map((verdict) => [`${stated[verdict] ?? 0} ${verdict}`, `${expected[verdict] ?? 0}`])
}

/** How many of each verdict; a word that is no verdict throws. */
export function counted(words: readonly string[]): PerVerdict {
  const tally: PerVerdict = {}
  for (const word of words) {
    const verdict = verdicts.find((one) => one === word)
    if (verdict === undefined) throw new Error(`"${word}" is no verdict`)
    tally[verdict] = (tally[verdict] ?? 0) + 1
  }
  return tally
}

/** Counts of one kind in the order of the verdicts, however they were read. */
export function inOrder(counts: PerVerdict): PerVerdict {
  return Object.fromEntries(verdicts.flatMap((verdict) => counts[verdict] === undefined ? [] : [[verdict, counts[verdict]]]))
}

/** Counts as flat names and values, `requirements.not-run` and `3`, for formats whose properties are flat. */
export function flatCounts({ requirements, cells, evidence }: Counts): readonly (readonly [string, string])[] {
  const flat = (group: string, counts: PerVerdict) => Object.entries(inOrder(counts)).map(([verdict, number]) => [`${group}.${verdict}`, String(number)] as const)
  return [...flat('requirements', requirements), ...flat('cells', cells), ['evidence', String(evidence)]]
}

/** What `flatCounts` wrote; throws when something is missing or is no number. */
export function fromFlat(properties: ReadonlyMap<string, string>): Pick<Counts, 'requirements' | 'cells' | 'evidence'> {
  const shape = countsSchema.omit({ cases: true })
  const group = (name: string, members: object) => Object.fromEntries(Object.keys(members).map((verdict) => [verdict, numberIn(properties, `${name}.${verdict}`)]))
  return shape.parse({
    requirements: group('requirements', shape.shape.requirements.shape),
    cells: group('cells', shape.shape.cells.shape),
    evidence: numberIn(properties, 'evidence'),
  })
}

function numberIn(properties: ReadonlyMap<string, string>, name: string): number {
  const text = properties.get(name)
  if (text === undefined) throw new Error(`it does not state ${name}`)
  return Number(text)
}

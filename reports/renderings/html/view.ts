import { accessMatrixOf, rightsOf } from '../../model/drawn.ts'
import { cellsOf, mergedCells } from '../../model/cells.ts'
import { kindsOf } from '../../model/changes.ts'
import { chartOf } from '../../model/chart.ts'
import { countsInWords, total } from '../../model/counts.ts'
import { drillLogOf } from '../../model/drill.ts'
import { dischargesOf, newestPolicy } from '../../model/discharge.ts'
import type { ReachabilityCell } from '../../model/reachability.ts'
import type { CaseResult, Evidence, RequirementResult, Results } from '../../model/results.ts'
import { worstFirst, type Verdict } from '../../model/verdict.ts'
import { attemptsView, rightsView } from './access-view.ts'
import { chartGroups, chartsOf, type PlacedChart } from './charts.ts'
import { drillsView } from './drills.ts'
import { embeddedSummary } from './embedded.ts'
import { matrixOf, tablesDiffer } from './matrix.ts'
import { matrixSvg, symbol } from './matrix-svg.ts'
import { recipe } from './recipe.ts'
import { trendView } from './trend.ts'
import { duration, instant, rowsOf } from './words.ts'

/** What the templates show: the results, and how they are laid out. No verdict, reason or number about verdicts is made here. */
export function viewOf(results: Results) {
  const anchors = new Map(results.cases.map((one, index) => [one.id, `case-${index + 1}`]))
  const charts = chartsOf(results.cases)
  const titles = new Map(results.cases.map((one) => [one.id, one]))
  return {
    results,
    duration,
    instant,
    rowsOf,
    spent: Date.parse(results.finishedAt) - Date.parse(results.startedAt),
    summary: embeddedSummary(results),
    tallies: tallies(results),
    stories: storiesOf(results.requirements),
    requirements: results.requirements.map((requirement) => ({
      ...requirement,
      quarterly: results.quarterly?.find((one) => one.requirement === requirement.id),
      links: requirement.cases.map((id) => ({ id, anchor: anchors.get(id) ?? '', verdict: titles.get(id)?.verdict ?? 'not-run', title: titles.get(id)?.title ?? id })),
    })),
    changes: { ...results.changes, kinds: kindsOf(results.changes) },
    trend: trendView(results),
    matrix: matrixView(results),
    policies: policiesView(results, anchors),
    rights: rightsView(results),
    attempts: attemptsView(results),
    drills: drillsView(results.cases),
    quarterly: results.quarterly ?? [],
    charts: chartGroups(charts),
    cases: results.cases.map((one) => caseView(one, anchors.get(one.id) ?? '', charts)).toSorted(byVerdict),
    slowest: Math.max(1, ...results.timings.map(({ seconds }) => seconds)),
    command: reproduce(results),
    recipe: recipe(results.signing.keyid),
  }
}

export type View = ReturnType<typeof viewOf>

function tallies({ counts }: Results) {
  const parts = (counted: Partial<Record<Verdict, number>>) => worstFirst.flatMap((verdict) => ((counted[verdict] ?? 0) > 0 ? [{ verdict, number: counted[verdict] ?? 0 }] : []))
  const tally = (label: string, counted: Partial<Record<Verdict, number>>) => ({ label, total: total(counted), words: countsInWords(counted), parts: parts(counted) })
  return [tally('requirements', counts.requirements), tally('cases', counts.cases), tally('traffic cells', counts.cells)]
}

/** The traceability matrix: each story with its scenarios and the requirements that the specification traces to it. */
function storiesOf(requirements: readonly RequirementResult[]) {
  const top = requirements.filter(({ kind, id }) => kind === 'story' && !id.includes('.'))
  return top.map((story) => {
    const traced = (kind: RequirementResult['kind']) => requirements.filter((requirement) => requirement.kind === kind && requirement.stories.includes(story.id))
    return {
      ...story,
      scenarios: requirements.filter(({ kind, id }) => kind === 'story' && id.startsWith(`${story.id}.`)),
      traced: [
        { label: 'Functional', requirements: traced('functional') },
        { label: 'Non-functional', requirements: traced('non-functional') },
        { label: 'Success criteria', requirements: traced('success') },
      ],
    }
  })
}

function matrixView(results: Results) {
  const cells = mergedCells(results.cases)
  if (cells.length === 0) return undefined
  const words = countsInWords(results.counts.cells)
  const drawn = matrixOf(cells)
  const differing = cells.filter(tablesDiffer)
  return {
    svg: matrixSvg(drawn, `Reachability matrix of ${cells.length} cells: ${words}. The tables below hold the same in words.`),
    words,
    total: cells.length,
    sources: drawn.rows.length,
    tables: `${tablesInWords(cells, differing.length)} ${flapsInWords(cells)}`.trim(),
    differing: differing.toSorted(byVerdict),
    disputed: cells.filter(({ verdict }) => verdict !== 'satisfied').toSorted(byVerdict),
    cells,
    legend: [
      { svg: symbol('open'), words: 'open as intended: delivered' },
      { svg: symbol('closed'), words: 'closed as intended: denied beside a delivered control' },
      { svg: symbol('violated'), words: 'violated' },
      { svg: symbol('indeterminate'), words: 'indeterminate: not decided, so not a pass' },
    ],
  }
}

function policiesView({ cases }: Results, anchors: ReadonlyMap<string, string>) {
  const policy = newestPolicy(cases)
  if (policy === undefined) return undefined
  const { denied, waived, unknown, allowed } = policy.counts
  return {
    run: policy.run,
    words: `${denied} denied, ${waived} waived, ${unknown} unknown, ${allowed} allowed`,
    discharges: dischargesOf(cases).map((one) => ({ ...one, anchor: anchors.get(one.finding.dischargedBy ?? '') })),
  }
}

/** What is meant, what the policies in force say and what was seen, in one sentence. */
function tablesInWords(cells: readonly ReachabilityCell[], differing: number): string {
  const computed = cells.filter((cell) => cell.computed !== null).length
  if (computed === 0) return 'What the policies in force say was not computed in this run.'
  return `What the policies in force say was computed for ${computed} cells; in ${differing} of them it is not what is meant, or not what was seen.`
}

/** Cells that were tried twice, and how many of them were seen in two ways. */
function flapsInWords(cells: readonly ReachabilityCell[]): string {
  const again = cells.filter(({ first }) => first !== null)
  const flapped = again.filter(({ first, observed }) => first !== observed)
  return again.length === 0 ? '' : `${again.length} cells were undecided at first and tried once more; ${flapped.length} of them were then seen otherwise.`
}

function byVerdict(a: { readonly verdict: Verdict }, b: { readonly verdict: Verdict }): number {
  return worstFirst.indexOf(a.verdict) - worstFirst.indexOf(b.verdict)
}

function caseView(one: CaseResult, anchor: string, charts: readonly PlacedChart[]) {
  const own = charts.filter((placed) => placed.one === one)
  const drawn = one.evidence.filter((evidence) => isDrawn(evidence))
  return { ...one, anchor, proof: one.evidence.map((evidence) => evidenceView(evidence, own[drawn.indexOf(evidence)]?.anchor)) }
}

function isDrawn(evidence: Evidence): boolean {
  const chart = chartOf(evidence)
  return chart !== undefined && chart !== 'unreadable'
}

/** Cells are shown in the matrix and charts among the charts; of a case's own cells only the disputed ones are repeated. */
function evidenceView(evidence: Evidence, chart: string | undefined) {
  const cells = cellsOf(evidence)
  const readable = cells === undefined || cells === 'unreadable' ? undefined : cells
  return {
    ...evidence,
    cells: readable,
    chart,
    section: sectionOf(evidence),
    disputed: readable?.filter(({ verdict }) => verdict !== 'satisfied').toSorted(byVerdict) ?? [],
    json: readable !== undefined || chart !== undefined || sectionOf(evidence) !== undefined || evidence.data === undefined ? undefined : JSON.stringify(evidence.data, null, 2),
  }
}

/** The section that shows an observation as a drawing, where one does. */
function sectionOf(evidence: Evidence): 'rights' | 'access' | 'drills' | undefined {
  if (typeof drillLogOf(evidence) === 'object') return 'drills'
  if (rightsOf(evidence) !== undefined) return 'rights'
  return accessMatrixOf(evidence) === undefined ? undefined : 'access'
}

function reproduce({ profile, filters, target }: Results): string {
  const options = [`--profile ${profile}`, ...filters.only.map((id) => `--only ${id}`), ...filters.skip.map((id) => `--skip ${id}`)]
  const before = target === 'sandbox' ? ['npx plumbline up', 'npx plumbline provision'] : ['npx plumbline provision --target lke']
  return [...before, `npx plumbline conform ${options.join(' ')}`].join('\n')
}

import type { DriftReport } from '../../../suites/lib/drift.ts'
import { unobservedLayers } from '../../../suites/lib/drift.ts'
import { exitCodes } from '../../../reports/model/verdict.ts'

const marks = { missing: '-', changed: '~', unmanaged: '+' } as const

/** For people: how much of each layer was compared, then what was found, then what could not be looked at. */
export function describeDrift(report: DriftReport): string[] {
  const { layers, findings, seconds } = report
  const problems = unobservedLayers(report)
  return [
    ...layers.map(({ layer, compared, problem, seconds: each }) => {
      const found = findings.filter((one) => one.layer === layer).length
      return `${layer.padEnd(10)} ${problem === undefined ? `${String(compared).padStart(4)} compared, ${String(found)} found` : 'NOT LOOKED AT'} (${String(each)} s)`
    }),
    ...findings.flatMap(({ layer, kind, name, how, detail, owner, remedy }) => [
      `${marks[how]} ${layer}: ${kind} ${name} is ${how}${detail === '' ? '' : `: ${detail}`}`,
      `    by ${owner}; to put it right: ${remedy}`,
    ]),
    ...problems.map((problem) => `? ${problem}`),
    `${verdictOf(report)} (${String(seconds)} s)`,
  ]
}

function verdictOf(report: DriftReport): string {
  const { findings } = report
  if (findings.length > 0) return `${String(findings.length)} ${findings.length === 1 ? 'thing is' : 'things are'} not as the checkout says.`
  return unobservedLayers(report).length > 0 ? 'No drift where it could be looked for, which was not everywhere.' : 'No drift.'
}

/** What was found counts first; a layer that was not looked at is never a clean one. */
export function exitCodeOf(report: DriftReport): number {
  if (report.findings.length > 0) return exitCodes.violated
  return unobservedLayers(report).length > 0 ? exitCodes.indeterminate : exitCodes.conformant
}

import { faultOf, type Chart } from '../../reports/model/chart.ts'
import { drillLogSchema, type DrillLog } from '../../reports/model/drill.ts'
import { policyEvidenceSchema, type PolicyEvidence } from '../../reports/model/discharge.ts'
import type { Evidence } from '../../reports/model/results.ts'
import type { JudgedCell } from './cell.ts'

/** Takes secrets out of a value; reports/redaction provides it. */
export interface Redactor {
  json: <T>(value: T) => T
}

/** Where a case puts what it saw. Everything is redacted before it is kept anywhere. */
export interface EvidenceRecorder {
  /** What was seen, as data that a reader can check the verdict against. */
  observe: (title: string, data: unknown) => void
  /** Cells of the traffic table with the time that the pass took. */
  reachability: (title: string, slice: { cells: readonly JudgedCell[], seconds: number }) => void
  /** A duration in seconds beside the limit it is held against. */
  timing: (title: string, data: { seconds: number, atMost: number, [detail: string]: unknown }) => void
  /** A chart that the report draws; its title is the evidence's. Numbers that are none do not belong in it. */
  chart: (chart: Chart) => void
  /** What the policies said of a run of the pipeline, so that the report can show which of its unknowns the live cases have discharged. */
  policy: (title: string, verdict: PolicyEvidence) => void
  /** The log of a drill, which the report draws as a timeline. */
  drill: (log: DrillLog) => void
  readonly count: number
}

/** `keep` receives each record already redacted. */
export function recorder(redactor: Redactor, keep: (evidence: Evidence) => void): EvidenceRecorder {
  let count = 0
  const record = (kind: Evidence['kind'], title: string, data: unknown): void => {
    if (title === '') throw new TypeError('evidence needs a title that says what was seen')
    // As JSON: what is undefined goes, and dates become text.
    const plain: unknown = JSON.parse(JSON.stringify(data ?? null))
    keep({ kind, title, at: new Date().toISOString(), data: asJson(redactor.json(plain)) })
    count += 1
  }
  return {
    observe: (title, data) => record('observation', title, data),
    reachability: (title, { cells, seconds }) => record('reachability', title, { cells: cells.map(({ cell }) => cell), seconds }),
    timing: (title, data) => record('timing', title, data),
    chart: (chart) => {
      const fault = faultOf(chart)
      if (fault !== undefined) throw new TypeError(`expected a chart that can be drawn, but in "${chart.title}" ${fault}`)
      record('chart', chart.title, chart)
    },
    drill: (log) => record('drill', `drill ${log.drill}: ${log.title}`, drillLogSchema.parse(log)),
    policy: (title, verdict) => record('policy', title, policyEvidenceSchema.parse(verdict)),
    get count() {
      return count
    },
  }
}

type Json = Exclude<Evidence['data'], undefined>

function asJson(value: unknown): Json {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (Array.isArray(value)) return value.map(asJson)
  if (typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([name, held]: [string, unknown]) => [name, asJson(held)]))
  throw new TypeError(`evidence must be JSON, got a ${typeof value}`)
}

import { inject, test as base } from 'vitest'
import { createRedactor } from '../../reports/redaction/redactor.ts'
import type { RequirementId } from '../requirements/catalogue.ts'
import { crossingsDue } from './ahead.ts'
import { caseId } from './case-id.ts'
import { drillsOn } from './drills/hold.ts'
import { recorder, type EvidenceRecorder } from './evidence.ts'
import type { RunRecord } from './footprint.ts'
import { guidesOn } from './guides/guides.ts'
import { append } from './journal.ts'
import './matchers.ts'
import { operatorOf } from './operator.ts'
import { outcomeOf } from './outcome.ts'
import { parseOutputs } from './platform/outputs.ts'
import { platformFrom } from './platform/platform.ts'
import { commandLine } from './probes/operator.ts'
import { crossingsOn } from './probes/crossings.ts'
import { escalationOn } from './probes/escalation.ts'
import type { ClientPod } from './probes/https-client.ts'
import { trafficOn } from './probes/traffic.ts'
import { holds, usualProfile, type Profile } from './profiles.ts'
import { rehearsalsFrom } from './rehearsals.ts'

export { expect } from 'vitest'

declare module 'vitest' {
  // A tag is a requirement id of the catalogue and nothing else.
  interface TestTags {
    requirement: RequirementId
  }
}

/** The run as a case sees it. */
export interface Run extends RunRecord {
  /** Lower-cased run id: the value of the run label and part of the names of what the run makes. */
  label: string
  id: string
  profile: Profile
  /** Aborted when the run is cancelled or the case has used up its time. */
  signal: AbortSignal
  /** An HTTPS client outside all environments that stands ready; undefined when the run starts its own. */
  client: ClientPod | undefined
}

/**
 * The test that a case is written with. Its tags are the requirements it proves; `platform` is the way to what is tested, `traffic` the
 * shared pass over the traffic table, `crossings` the shared pass over the alert thresholds, `escalation` the one over the catalogue of escalations, `commandLine` the shipped command line as the operator runs it, `rehearsals` what a case may rehearse with, `evidence` the place for what was seen, `drill` holds a drill, `run` the run's own label. The recording of the outcome is not the case's business.
 */
export const test = base
  .extend('provided', { scope: 'worker' }, () => inject('plumbline'))
  .extend('redactor', { scope: 'worker' }, ({ provided }) => createRedactor(provided.secrets))
  .extend('record', { scope: 'worker' }, ({ provided }): RunRecord => ({
    created: (object) => append(provided.journal, { event: 'created', object }),
    took: (phase, seconds) => append(provided.journal, { event: 'timing', phase, seconds }),
  }))
  .extend('platform', { scope: 'worker' }, ({ provided }) => platformFrom({
    outputs: parseOutputs(provided.outputs), identity: provided.identity, authorities: provided.authorities, channel: provided.channel, dataStore: provided.dataStore,
    dataStoreForStrangers: provided.dataStoreForStrangers, outside: provided.outside,
  }))
  .extend('traffic', { scope: 'worker' }, ({ provided, platform, record }) => trafficOn({ platform, run: provided.runId.toLowerCase(), record, fleet: provided.fleet }))
  .extend('crossings', { scope: 'worker' }, ({ provided, platform, record }) => crossingsOn({ platform, run: { ...record, label: provided.runId.toLowerCase() } }))
  .extend('escalation', { scope: 'worker' }, ({ provided, platform, record, redactor }) => escalationOn({ platform, offer: provided.attempts, redactor, identity: provided.identity, run: { ...record, label: provided.runId.toLowerCase() } }))
  .extend('operator', ({ provided, signal }) => operatorOf(provided.operator, signal))
  .extend('commandLine', { scope: 'worker' }, ({ provided }) => commandLine(provided.operator))
  .extend('rehearsals', ({ provided, signal }) => rehearsalsFrom(provided.rehearsals, signal))
  .extend('run', ({ provided, record, signal }): Run => ({
    ...record, label: provided.runId.toLowerCase(), id: provided.runId, profile: provided.profile, signal, client: provided.client,
  }))
  .extend('guides', ({ provided, redactor, signal }) => guidesOn({ access: provided.guides, redactor, signal }))
  .extend('ahead', { auto: true }, ({ task, provided, crossings }) => {
    if (provided.crossings && crossingsDue(caseId(task.file.filepath))) crossings.begin()
  })
  .extend('evidence', { auto: true }, ({ task, provided, redactor, signal, onTestFinished }): EvidenceRecorder => {
    if (task.tags === undefined || task.tags.length === 0) throw new TypeError(`the case "${task.name}" proves no requirement: give it a tag of suites/requirements/catalogue.ts`)
    const id = caseId(task.file.filepath)
    if (task.file.tasks.length !== 1) throw new TypeError(`expected one case in the file of ${id}, got ${task.file.tasks.length}: judge the rows of a table inside one case`)
    if (!holds(provided.profile, task.meta.profile ?? usualProfile)) throw new TypeError(`the case ${id} belongs to ${task.meta.profile ?? usualProfile}, so a run of the profile ${provided.profile} must leave it out`)
    const started = performance.now()
    const before = redactor.removed
    const evidence = recorder(redactor, (one) => append(provided.journal, { event: 'evidence', id, evidence: one }))
    append(provided.journal, { event: 'started', id, at: new Date().toISOString() })
    onTestFinished(() => {
      const { verdict, reason } = outcomeOf({ state: task.result?.state, errors: task.result?.errors ?? [], cutOff: signal.aborted }, evidence.count)
      append(provided.journal, {
        event: 'ended', id, at: new Date().toISOString(), durationMs: performance.now() - started, verdict, ...(reason === undefined ? {} : { reason: redactor.text(reason) }),
      })
      append(provided.journal, { event: 'redacted', removed: redactor.removed - before })
    })
    return evidence
  })
  .extend('drill', ({ provided, platform, traffic, redactor, signal, evidence, run }) => drillsOn({ offer: provided.drills, access: provided.guides, platform, traffic, redactor, signal, evidence, run }))

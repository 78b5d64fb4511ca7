import { environmentNames } from '../intent/environments.ts'
import { expect, test } from '../lib/case.ts'
import { findLines } from '../lib/probes/log-lines.ts'
import { refuseUndecided } from '../lib/undecided.ts'

test(
  'what a pod prints is in the log store within seconds, tagged with its environment',
  { tags: ['FR-008'], meta: { profile: 'nightly' } },
  async ({ platform, run, evidence }) => {
    const lines = await Promise.all(environmentNames.map((environment) => findLines({ platform, run }, environment)))
    evidence.observe('a pod that prints, in each environment, and what the log store has of it', lines)

    // The control: the pod's own log holds the lines.
    refuseUndecided(lines.filter(({ printed }) => printed === 0).map(({ environment, pod }) => `expected ${pod} in ${environment} to print something, but its log is empty`))
    expect(lines.flatMap(({ environment, pod, printed, stored, tags }) => stored === 0
      ? [`expected the ${printed} lines of ${pod} in ${environment} to arrive in the log store, but it has none of them`]
      : tags.filter((tag) => tag !== `workload ${environment}`).map((tag) => `expected the lines of ${pod} to be tagged as of a workload in ${environment}, but they are tagged "${tag}"`))).toBeFaultless()
  },
)

import { environmentNames } from '../intent/environments.ts'
import { newPodsPerEnvironment } from '../intent/segmentation.ts'
import { expect, test } from '../lib/case.ts'
import { watchStartUps } from '../lib/probes/start-up.ts'
import { brokenControls, controlDelays, leaksOf, missingOnes, reportOf, summaryOf, windowOf } from '../lib/start-up.ts'
import { refuseUndecided } from '../lib/undecided.ts'

test(
  'from the first instant of a new pod nothing that it sends gets out of its environment, and nothing that it is sent gets in',
  { tags: ['FR-009'], meta: { profile: 'nightly' } },
  async ({ platform, run, evidence }) => {
    const each = newPodsPerEnvironment[run.profile === 'gameday' ? 'gameday' : 'nightly']
    const { engine, pods, hammers, waves } = await watchStartUps({ platform, run }, each)
    const planned = { environments: environmentNames, each }
    evidence.observe('the first moments of new pods under default-deny: attempts, what was delivered, and milliseconds until nothing was', {
      engine, planned: environmentNames.length * each, ...summaryOf(pods), waves, leaking: pods.filter((pod) => !pod.control && windowOf(pod) > 0).map((pod) => ({ ...pod, windowMs: windowOf(pod) })),
    })
    evidence.observe('new pods that no policy applies to, the controls, and what was sent at every address that a new pod may get', {
      controls: pods.filter(({ control }) => control).map((pod) => ({ id: pod.id, node: pod.node, delivered: pod.delivered, received: reportOf(pod)?.received })), firstDelivered: controlDelays(pods), hammers,
    })
    for (const { environment, seconds } of waves) run.took(`start-up window: new pods in ${environment}`, seconds)

    expect(leaksOf(pods, engine)).toBeFaultless()
    refuseUndecided([...brokenControls(pods), ...missingOnes(pods, planned)])
  },
)

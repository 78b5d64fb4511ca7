import { objectives } from '../intent/objectives.ts'
import { expect, test } from '../lib/case.ts'
import { faultsOf, undecidedIn } from '../lib/guides/follow.ts'
import { guidePeople } from '../lib/guides/people.ts'
import { workflowSteps, workspace } from '../lib/guides/workflow.ts'
import { readMetadata } from '../lib/platform/metadata.ts'
import { refuseUndecided } from '../lib/undecided.ts'

/** What GitHub would say about the run. */
const github = { repository: 'example/hello', sha: '0123456789abcdef0123456789abcdef01234567', run_id: '4711', actor: 'octocat' }
/** Of the handoff guide, what follows a deployment. */
const afterwards = ['Before you begin', 'Reach it from inside the environment', 'See that no other environment reaches it', 'Take it away']

test(
  'the steps of the GitHub Actions template, run in order as written, deploy the sample service, attach the environment\'s metadata, and it is reached from inside and from no other environment',
  { tags: ['US-002.2', 'SC-003'], meta: { profile: 'nightly' } },
  async ({ guides, platform, evidence }) => {
    const environment = 'staging'
    const template = workflowSteps(await guides.text('teams/deploy-workflow.yml'), 'teams/deploy-workflow.yml', { inputs: { environment }, github, secrets: ['PLUMBLINE_KUBECONFIG'] })
    const handoff = await guides.read('teams/handoff.md')
    const repository = { [`${workspace}/kubernetes/hello.yaml`]: await guides.text('teams/example/kubernetes/hello.yaml') }
    const { run, metadata, reached } = await guidePeople(guides, 'workflow', [{ environment, profile: 'deployer' }, { environment: 'production', profile: 'deployer' }], async ([person, colleague]) => {
      if (person === undefined || colleague === undefined) throw new TypeError('expected two people')
      const run = await guides.followAs(template, person, {}, { files: repository, variables: { PLUMBLINE_KUBECONFIG: person.kubeconfig } })
      // Whatever it says, what follows takes away again what was deployed.
      const metadata = readMetadata(platform, environment, 'hello')
      await metadata.catch(() => undefined)
      const reached = await guides.followAs({ ...handoff, steps: handoff.steps.filter(({ heading }) => afterwards.includes(heading)) }, person, { ENVIRONMENT: environment }, { others: { colleague } })
      return { run, metadata: await metadata, reached }
    })
    evidence.timing('the steps of the template', { atMost: objectives.handoffGuide, ...run })
    evidence.observe('metadata of what was deployed', metadata)
    evidence.timing('what follows a deployment, by the handoff guide', { atMost: objectives.handoffGuide, ...reached })

    expect(faultsOf(run)).toBeFaultless()
    refuseUndecided(undecidedIn(run))
    expect(['Deployment', 'Service'].filter((kind) => !metadata.some((one) => one.kind === kind)).map((kind) => `expected the template to deploy the ${kind} hello of the repository, but it is not there`)).toBeFaultless()
    expect(metadata.flatMap(({ kind, labels, annotations }) => [
      ...(labels['plumbline.dev/environment'] === environment ? [] : [`expected the ${kind} hello to carry the label plumbline.dev/environment=${environment}, got ${labels['plumbline.dev/environment'] ?? 'none'}`]),
      ...Object.entries({ 'deployed-from': github.repository, 'deployed-revision': github.sha, 'deployed-by-run': github.run_id, 'deployed-by': github.actor })
        .flatMap(([name, value]) => annotations[`plumbline.dev/${name}`] === value ? [] : [`expected the ${kind} hello to carry the annotation plumbline.dev/${name}=${value}, got ${annotations[`plumbline.dev/${name}`] ?? 'none'}`]),
    ])).toBeFaultless()
    expect(faultsOf(reached)).toBeFaultless()
    expect(run.seconds + reached.seconds).toBeLessThan(objectives.handoffGuide)
    refuseUndecided(undecidedIn(reached))
  },
)

import { environmentNames } from '../intent/environments.ts'
import { canary, hostOf } from '../intent/hosts.ts'
import { expect, test } from '../lib/case.ts'
import { faultsIn, judgeHost, judgeUnclaimed } from '../lib/hosts.ts'
import { readIngress } from '../lib/platform/ingress.ts'
import { clientIn } from '../lib/probes/https-client.ts'
import { callFrom } from '../lib/probes/https.ts'

test(
  'a host that no service claims reaches nobody: the ingress answers 404',
  { tags: ['FR-009'] },
  async ({ platform, run, evidence }) => {
    const [ingress, client] = await Promise.all([readIngress(platform), clientIn({ platform, run }, 'outside')])
    const hosts = environmentNames.map((environment) => ({
      environment, claimed: `https://${hostOf(canary, environment, ingress.domain)}/`, unclaimed: `https://${hostOf(`nobody-${run.label}`, environment, ingress.domain)}/`,
    }))
    const calls = hosts.flatMap(({ environment, claimed, unclaimed }) => [{ id: `control ${environment}`, url: claimed }, { id: environment, url: unclaimed }])
    const results = await callFrom(platform, client, ingress, calls)
    evidence.observe('calls to a claimed host of each environment, the control, and to one that nobody claims', results)

    // The controls: an ingress that answers 404 to everything has proved nothing.
    const of = (id: string) => results.filter((result) => result.id === id)
    const controls = hosts.flatMap(({ environment }) => of(`control ${environment}`).map((result) => {
      const finding = judgeHost(environment, result)
      return finding.held ? finding : { ...finding, decided: false }
    }))
    expect(faultsIn([...controls, ...hosts.flatMap(({ environment }) => of(environment).map(judgeUnclaimed))])).toBeFaultless()
  },
)

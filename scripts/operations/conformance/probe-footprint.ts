import { endpoints, outsider } from '../../../suites/intent/endpoints.ts'
import { environmentNames } from '../../../suites/intent/environments.ts'
import { canaries } from '../../../suites/intent/escalations.ts'

/** What the traffic matrix puts on the platform for the time of a run, for people who want to know before they start one. */
export function footprintOfProbes(): string[] {
  const count = (zone: string) => endpoints.filter((endpoint) => endpoint.zone === zone)
  const described = (zone: string) => {
    const here = count(zone)
    return `${String(here.length)} probe pods and ${String(here.filter(({ exposure }) => exposure !== 'unexposed').length)} Services`
  }
  return [
    ...environmentNames.map((environment) => `${environment}: ${described(environment)}`),
    `a namespace of its own without any policy: ${described(outsider)}, one RoleBinding`,
    'a few short-lived pods, quotas and dry runs of single cases',
    `while escalations are tried, for a minute: ${String(new Set(canaries.map(({ account }) => account)).size)} canaries, each a ClusterRole and its binding, accounts in a namespace of the run's own, and access issued to run-…-attempts with each profile`,
    'while guides are followed, as their readers and without the label: accounts issued to follows-…, and in each environment hello, reach-… and needs-key; the guides take them away themselves',
    'what stays of a nightly run: another password of the data store of development, new credentials of the cluster\'s administrator, and the records of what was asked, approved and changed',
  ]
}

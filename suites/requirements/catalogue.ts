/**
 * The closed catalogue: every user story, scenario and requirement of the specification, in its words. A case is tagged
 * with ids from here; an id that is not here does not compile and is refused by the runner. `stories` is the specification's
 * traceability matrix. `remaining` names what no case proves yet: while it is not empty the requirement cannot be satisfied.
 */
export interface Requirement {
  id: string
  kind: 'story' | 'functional' | 'non-functional' | 'success'
  title: string
  stories: readonly ('US-001' | 'US-002' | 'US-003')[]
  remaining: readonly string[]
}

const stories = [
  {
    id: 'US-001', kind: 'story', stories: ['US-001'], remaining: [],
    title: 'Stand up foundational environments safely',
  },
  {
    id: 'US-001.1', kind: 'story', stories: ['US-001'], remaining: [],
    title: 'Given a clean platform account, when the platform engineer provisions the foundation, then named environments for development, staging, production, and system operations exist and are accessible to authorized users.',
  },
  {
    id: 'US-001.2', kind: 'story', stories: ['US-001'], remaining: [],
    title: 'Given the environments are available, when an engineer follows the access guide, then they can authenticate and enumerate environment resources without errors.',
  },
  {
    id: 'US-001.3', kind: 'story', stories: ['US-001'], remaining: [],
    title: 'Given the system operations environment is provisioned, when a scheduled maintenance window runs, then platform engineers can cordon nodes and restore service without affecting other environments.',
  },
  {
    id: 'US-001.4', kind: 'story', stories: ['US-001'], remaining: [],
    title: 'Given provisioning detects quota exhaustion, when automation halts, then the run fails safely with remediation guidance and no partial environments left behind.',
  },
  {
    id: 'US-002', kind: 'story', stories: ['US-002'], remaining: [],
    title: 'Application teams can deploy a sample service',
  },
  {
    id: 'US-002.1', kind: 'story', stories: ['US-002'], remaining: [],
    title: 'Given published connection details and environment names, when an application team deploys a sample service by following the handoff steps, then the service becomes reachable from within the environment and basic health checks succeed.',
  },
  {
    id: 'US-002.2', kind: 'story', stories: ['US-002'], remaining: [],
    title: 'Given the team prefers GitHub Actions for deployment, when they use the provided workflow template, then the sample deployment succeeds and attaches environment metadata.',
  },
  {
    id: 'US-002.3', kind: 'story', stories: ['US-002'], remaining: [],
    title: 'Given a deployment fails due to missing secrets, when the team follows the troubleshooting guide, then they can reconcile secret sync and re-run deployment successfully.',
  },
  {
    id: 'US-003', kind: 'story', stories: ['US-003'], remaining: [],
    title: 'Secure-by-default posture',
  },
  {
    id: 'US-003.1', kind: 'story', stories: ['US-003'], remaining: [],
    title: 'Given two environments, when a service attempts to communicate across environments without an allow policy, then the traffic is blocked by default.',
  },
  {
    id: 'US-003.2', kind: 'story', stories: ['US-003'], remaining: [],
    title: 'Given baseline secrets are required for services, when a team follows the documented bootstrap process, then the required secrets are present and discoverable in each environment.',
  },
  {
    id: 'US-003.3', kind: 'story', stories: ['US-003'], remaining: [],
    title: 'Given a platform engineer rotates a secret via the documented process, when automation runs, then dependent services receive updates without downtime.',
  },
  {
    id: 'US-003.4', kind: 'story', stories: ['US-003'], remaining: [],
    title: 'Given an unauthorized user attempts to escalate privileges, when access logs are reviewed, then the attempt is detected and alerting notifies the platform channel within 5 minutes.',
  },
] as const satisfies readonly Requirement[]

const functional = [
  {
    id: 'FR-001', kind: 'functional', stories: ['US-001'], remaining: [],
    title: 'Provide distinct, named environments for development, staging, production, and system operations with clear isolation.',
  },
  {
    id: 'FR-002', kind: 'functional', stories: ['US-001', 'US-002'], remaining: [],
    title: 'Provide documented access instructions so authorized users can connect to each environment reliably.',
  },
  {
    id: 'FR-003', kind: 'functional', stories: ['US-001', 'US-003'],
    title: 'Provide baseline namespacing and communication policies that default to least privilege.',
    remaining: [],
  },
  {
    id: 'FR-004', kind: 'functional', stories: ['US-002'], remaining: [],
    title: 'Provide a handoff guide for application teams that includes environment names, connection details, and deploy prerequisites.',
  },
  {
    id: 'FR-005', kind: 'functional', stories: ['US-003'], remaining: [],
    title: 'Provide a secrets bootstrap process for each environment with guidance on generation, storage, and rotation.',
  },
  {
    id: 'FR-006', kind: 'functional', stories: ['US-002'], remaining: [],
    title: 'Provide a stable, documented endpoint for the shared data store used by services, with access scoped per environment.',
  },
  {
    id: 'FR-007', kind: 'functional', stories: ['US-001'], remaining: [],
    title: 'Provide change visibility and rollback guidance for platform modifications (plans, approvals, and recovery steps).',
  },
  {
    id: 'FR-008', kind: 'functional', stories: ['US-002', 'US-003'], remaining: [],
    title: 'Provide environment-level observability baselines (metrics, logs, alerts) with tagged dashboards and alert routing guidance.',
  },
  {
    id: 'FR-009', kind: 'functional', stories: ['US-003'],
    title: 'Provide automated network segmentation (ingress/egress policies, firewall rules) with documented override process.',
    remaining: [],
  },
  {
    id: 'FR-010', kind: 'functional', stories: ['US-001', 'US-003'],
    title: 'Provide resilient Terraform and Helm pipelines with state management, drift detection, and audit log retention for 90 days.',
    remaining: [],
  },
] as const satisfies readonly Requirement[]

const nonFunctional = [
  {
    id: 'NFR-001', kind: 'non-functional', stories: ['US-001'], remaining: [],
    title: 'Core control plane services (API server, etcd, ingress) maintain 99.5% monthly availability per environment, with automated health probes.',
  },
  {
    id: 'NFR-002', kind: 'non-functional', stories: ['US-003'], remaining: [],
    title: 'All infrastructure automation runs with least-privilege service accounts and stores credentials in encrypted secret managers; no secrets in plaintext state files.',
  },
  {
    id: 'NFR-003', kind: 'non-functional', stories: ['US-003'], remaining: [],
    title: 'Network segmentation changes require peer review and produce immutable audit records.',
  },
  {
    id: 'NFR-004', kind: 'non-functional', stories: ['US-002', 'US-003'], remaining: [],
    title: 'Provisioning emits structured events (success/failure, duration, actor) to the shared observability stack within 60 seconds of completion.',
  },
  {
    id: 'NFR-005', kind: 'non-functional', stories: ['US-002'], remaining: [],
    title: 'Environment dashboards refresh metrics within 1 minute and include SLO widgets for CPU, memory, pod health, and request success rates.',
  },
  {
    id: 'NFR-006', kind: 'non-functional', stories: ['US-001', 'US-002'],
    title: 'Automated provisioning completes within 45 minutes end-to-end for all environments, with incremental runs limited to 10 minutes.',
    remaining: [],
  },
  {
    id: 'NFR-007', kind: 'non-functional', stories: ['US-003'], remaining: [],
    title: 'Rollback steps restore prior known-good state in under 15 minutes, verified quarterly via game-day exercises.',
  },
  {
    id: 'NFR-008', kind: 'non-functional', stories: ['US-002'], remaining: [],
    title: 'Cluster capacity scales to support at least 30 microservices per environment with horizontal pod autoscaling thresholds documented.',
  },
  {
    id: 'NFR-009', kind: 'non-functional', stories: ['US-001', 'US-003'],
    title: 'Terraform state backups occur after every apply and retain the last 30 versions accessible to platform engineers.',
    remaining: [],
  },
] as const satisfies readonly Requirement[]

const success = [
  {
    id: 'SC-001', kind: 'success', stories: ['US-001'],
    title: 'The four environments (development, staging, production, system) are available and listed by name in documentation and access guides.',
    remaining: [],
  },
  {
    id: 'SC-002', kind: 'success', stories: ['US-001', 'US-002'], remaining: [],
    title: 'An authorized user can complete access setup and verify environment visibility in under 15 minutes using the guide.',
  },
  {
    id: 'SC-003', kind: 'success', stories: ['US-002'], remaining: [],
    title: 'An application team can deploy a sample service using the handoff guide in under 30 minutes and confirm environment-local reachability.',
  },
  {
    id: 'SC-004', kind: 'success', stories: ['US-003'],
    title: 'Cross-environment traffic is blocked by default; at least one negative test demonstrates enforcement.',
    remaining: [],
  },
  {
    id: 'SC-005', kind: 'success', stories: ['US-003'], remaining: [],
    title: 'At least two baseline secrets per environment are created via the documented bootstrap process and verified as present by an authorized user.',
  },
  {
    id: 'SC-006', kind: 'success', stories: ['US-002', 'US-003'], remaining: [],
    title: 'Environment dashboards surface CPU, memory, and ingress latency metrics with alert thresholds configured and tested for each environment.',
  },
  {
    id: 'SC-007', kind: 'success', stories: ['US-001', 'US-003'], remaining: [],
    title: 'A quarterly rollback drill completes successfully within the 15-minute target using the documented recovery steps.',
  },
] as const satisfies readonly Requirement[]

export const catalogue = [...stories, ...functional, ...nonFunctional, ...success] as const

export type RequirementId = (typeof catalogue)[number]['id']

export const requirementIds: readonly RequirementId[] = catalogue.map((requirement) => requirement.id)

/** True for ids of the catalogue; narrows text from the command line or a tag. */
export function isRequirementId(text: string): text is RequirementId {
  return requirementIds.some((id) => id === text)
}

/** The scenarios of a story (`US-001` → `US-001.1` …); the id itself for everything else. */
export function partsOf(id: RequirementId): RequirementId[] {
  const scenarios = requirementIds.filter((other) => other.startsWith(`${id}.`))
  return scenarios.length > 0 ? scenarios : [id]
}

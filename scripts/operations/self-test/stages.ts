import { helmCharts } from './charts.ts'
import { killedAtRandomMoments, quotaAtEachStep } from './faults.ts'
import { goModule } from './go.ts'
import { policies } from './policies.ts'
import { breached, conformed, provisioned, provisionedAgain, sandboxDown, sandboxUp, toolchain, verified } from './sandbox.ts'
import type { Stage } from './stage.ts'
import { terraform } from './terraform.ts'
import { launcher, lint, types, units } from './typescript.ts'
import { workflows } from './workflows.ts'

/** Everything that proves the project itself, cheap first. */
export const stages: readonly Stage[] = [
  launcher,
  types,
  lint,
  units,
  goModule('suites/lib/probes/agent'),
  goModule('terraform/charts/sample-service/service'),
  goModule('terraform/charts/observability/tagger'),
  goModule('terraform/charts/audit/forwarder'),
  goModule('terraform/charts/overrides/keeper'),
  toolchain,
  workflows,
  policies,
  goModule('fixtures/terraform-provider'),
  terraform,
  helmCharts,
  sandboxUp,
  provisioned,
  provisionedAgain,
  conformed,
  verified,
  breached,
  sandboxDown,
]

/** The stages that take a provisioning apart, minutes each, where they belong: `plumbline test --faults` runs them too. */
export function withFaults({ kills, seed }: { kills: number, seed: number }): readonly Stage[] {
  return stages.flatMap((stage) => {
    if (stage === sandboxUp) return [stage, quotaAtEachStep]
    return stage === provisionedAgain ? [stage, killedAtRandomMoments({ count: kills, seed })] : [stage]
  })
}

import { helmCharts } from './charts.ts'
import { drillsKilledAtRandomMoments, everyDrill } from './drills.ts'
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

const seed = 1

/** With the stages that take minutes each, where they belong: those that take a provisioning apart, and those that hold drills and kill them. */
export function stagesWith({ faults, drills }: { faults: boolean, drills: boolean }): readonly Stage[] {
  return stages.flatMap((stage) => {
    if (stage === sandboxUp) return [stage, ...faults ? [quotaAtEachStep] : []]
    if (stage !== provisionedAgain) return [stage]
    return [stage, ...faults ? [killedAtRandomMoments({ count: 10, seed })] : [], ...drills ? [everyDrill, drillsKilledAtRandomMoments({ count: 20, seed })] : []]
  })
}

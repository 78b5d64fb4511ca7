import { dirname, join } from 'node:path'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import type { SuiteRun } from '../../../suites/lib/run.ts'
import type { Outputs } from '../pipeline/outputs.ts'
import { writeKubeconfig } from './operator-kubeconfig.ts'

/** How identities for attempts are had: by a program of the operator's, with a kubeconfig beside the run's journal that goes away with it. */
export async function attemptsFor({ journal, outputs }: { journal: string, outputs: Pick<Outputs, 'kubeconfig' | 'environments'> }): Promise<NonNullable<SuiteRun['attempts']>> {
  const kubeconfig = await writeKubeconfig(join(dirname(journal), 'attempts'), outputs.kubeconfig)
  const namespaces = Object.fromEntries(Object.entries(outputs.environments).map(([environment, { namespace }]) => [environment, namespace]))
  return { program: process.execPath, args: [join(repository, 'scripts/operations/conformance/run-attempts.ts'), JSON.stringify({ kubeconfig, namespaces })] }
}

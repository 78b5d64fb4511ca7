import { z } from 'zod'
import { imagePins } from '../../../fixtures/sandbox/images/catalogue.ts'
import { ensureToolchain } from '../../../fixtures/sandbox/toolchain/build.ts'
import { tool } from '../../../fixtures/sandbox/toolchain/tools.ts'
import type { Report } from '../../../fixtures/sandbox/progress.ts'
import { temporaryFolder } from '../../../fixtures/sandbox/temporary.ts'
import { budgets } from '../../../suites/lib/budgets.ts'
import { writeKubeconfig } from '../conformance/operator-kubeconfig.ts'
import { run as runProgram } from '../pipeline/children.ts'
import { zones, type Round, type Size } from './sizes.ts'
import type { BenchWorld } from './world.ts'

const printedSchema = z.object({ rounds: z.array(z.object({ seconds: z.number(), allowed: z.number(), blocked: z.number(), failed: z.number() })) })
const program = 'policy-bench'

/** Builds the program that is cyclonus's own probes (fixtures/policy-cases/bench) when it is not there yet. */
export async function buildTheirs(report: Report): Promise<void> {
  await ensureToolchain({ report, only: [program] })
}

/** The same cells by cyclonus's own probes, as the administrator, which it needs to be. */
export async function theirRounds(world: BenchWorld, size: Size, rounds: number): Promise<Round[]> {
  const { administrator, core, cleaning, networking, run, signal } = world
  const names = zones.map((zone) => `bench-${zone}-${run}`)
  const { path: folder, remove } = temporaryFolder('bench')
  try {
    for (const name of names) await core.createNamespace({ body: { metadata: { name, labels: { ns: name } } } })
    const [first = ''] = names
    if (size.closed) await networking.createNamespacedNetworkPolicy({ namespace: first, body: { metadata: { name: 'closed' }, spec: { podSelector: {}, policyTypes: ['Ingress'] } } })
    const kubeconfig = await writeKubeconfig(folder, Buffer.from(administrator.exportConfig()).toString('base64'))
    const args = ['-namespaces', names.join(','), '-ports', size.ports.join(','), '-image', agnhost(), '-rounds', String(rounds), '-timeout', String(budgets.probeAttempt.milliseconds / 1000)]
    const { stdout } = await runProgram(await tool(program), args, { env: { KUBECONFIG: kubeconfig, HOME: folder }, signal })
    return printedSchema.parse(JSON.parse(stdout)).rounds
  }
  finally {
    await Promise.allSettled(names.map((name) => cleaning.deleteNamespace({ name })))
    remove()
  }
}

/** The image that the sandbox offers under its upstream name. */
function agnhost(): string {
  const pin = imagePins.find(({ tool: name }) => name === 'agnhost')
  if (pin === undefined) throw new Error('expected the sandbox to offer an image of agnhost, but its catalogue has none')
  return `${pin.repository}:${pin.tag}`
}

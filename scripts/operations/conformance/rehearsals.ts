import { join } from 'node:path'
import type { SandboxConnection } from '../../../fixtures/sandbox/connection.ts'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { tool } from '../../../fixtures/sandbox/toolchain/tools.ts'
import type { SuiteRun } from '../../../suites/lib/run.ts'
import type { Installation } from '../pipeline/installation.ts'

/** What the suites may rehearse with on a target: the shipped command line and Terraform everywhere, faults of the Linode API and a second account only where it is a stand-in. */
export async function rehearsalsOf({ target, terraformEnvironment }: Pick<Installation, 'target' | 'terraformEnvironment'>, connection: SandboxConnection | undefined): Promise<NonNullable<SuiteRun['rehearsals']>> {
  return {
    commandLine: { program: process.execPath, args: [join(repository, 'scripts/plumbline.mjs')], target, platformFile: join(repository, 'terraform/platform.yaml') },
    terraform: { program: await tool('terraform'), environment: terraformEnvironment },
    ...(connection === undefined ? {} : {
      faults: { url: connection.linode.adminUrl, token: connection.linode.token },
      // In a tree of processes of its own, so that nothing of it outlives its first one.
      emptyAccount: { program: 'unshare', args: ['--pid', '--fork', '--kill-child=SIGKILL', process.execPath, join(repository, 'fixtures/sandbox/empty-account.ts')] },
    }),
  }
}

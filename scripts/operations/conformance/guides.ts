import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { SandboxConnection } from '../../../fixtures/sandbox/connection.ts'
import { cache, repository } from '../../../fixtures/sandbox/paths.ts'
import { tool } from '../../../fixtures/sandbox/toolchain/tools.ts'
import type { SuiteRun } from '../../../suites/lib/run.ts'
import { writeKubeconfig } from './operator-kubeconfig.ts'
import { sandboxEnvironment } from '../sandbox-environment.ts'

type GuidesAccess = NonNullable<SuiteRun['guides']>

interface Run { journal: string, connection: SandboxConnection | undefined, outputs: { kubeconfig: string } }
interface Options { guides?: { docs?: string, programs?: string } }

/** What following the guides takes: a folder of programs beside the run's journal, which goes away with it, and the operator's variables. */
export async function guidesFor({ journal, connection, outputs }: Run, { guides = {} }: Options): Promise<GuidesAccess> {
  const folder = join(dirname(journal), 'guides')
  const programs = await programsIn(join(folder, 'programs'))
  return {
    docs: guides.docs ?? join(repository, 'docs'),
    programs: [...(guides.programs === undefined ? [] : [guides.programs]), programs],
    operator: await operatorVariables(connection, { folder, kubeconfig: outputs.kubeconfig }),
    ingress: connection === undefined ? undefined : addressOf(connection.ingress.url),
  }
}

function addressOf(url: string): { address: string, port: number } {
  const { hostname, port } = new URL(url)
  return { address: hostname, port: Number(port === '' ? 443 : port) }
}

/** `npx plumbline` is this checkout's, whoever calls it and from wherever. */
async function programsIn(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const name of ['kubectl', 'helm']) await symlink(await tool(name), join(folder, name)).catch(unlessThere)
  await symlink(process.execPath, join(folder, 'node')).catch(unlessThere)
  const npx = join(folder, 'npx')
  await writeFile(npx, [
    '#!/bin/sh',
    '[ "$1" = plumbline ] || { echo "npx: expected plumbline, the only command that guides use, got $1" >&2; exit 127; }',
    'shift',
    `exec '${process.execPath}' '${join(repository, 'scripts/plumbline.mjs')}' "$@"`,
    '',
  ].join('\n'))
  await chmod(npx, 0o755)
  return folder
}

function unlessThere(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
}

/** Of this process's own variables those that say where a real account is; for the sandbox what `plumbline env` prints. */
const ofAccount = /^(LINODE_|AWS_|PLUMBLINE_|SSL_CERT_FILE$|NODE_EXTRA_CA_CERTS$)/

async function operatorVariables(connection: SandboxConnection | undefined, { folder, kubeconfig }: { folder: string, kubeconfig: string }): Promise<Record<string, string>> {
  const own = Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => value !== undefined && ofAccount.test(name) ? [[name, value]] : []))
  const known = connection === undefined ? { KUBECONFIG: await writeKubeconfig(folder, kubeconfig) } : sandboxEnvironment(connection)
  return { ...own, ...known, PLUMBLINE_CACHE: cache, USER: process.env['USER'] ?? 'root' }
}

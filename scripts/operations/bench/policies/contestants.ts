import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { cache, repository } from '../../../../fixtures/sandbox/paths.ts'
import type { Report } from '../../../../fixtures/sandbox/progress.ts'
import { ensureToolchain } from '../../../../fixtures/sandbox/toolchain/build.ts'
import { isExecutable, tool } from '../../../../fixtures/sandbox/toolchain/tools.ts'
import { plainEnvironment, run } from '../../pipeline/children.ts'
import { policiesFolder } from '../../policies/rules.ts'

/** One way to judge a plan, as a whole process. */
export interface Contestant {
  name: string
  /** What it judges by. */
  rules: string
  command: (plan: string) => readonly [string, ...string[]]
  /** Exit codes that say that it has judged, whatever it found. */
  judged: readonly number[]
  /** Of how many resources the plans are that it is given; all unless said. One that takes minutes is given few. */
  sizes?: readonly number[]
}

/** How ours is called: the launcher that npx starts too. */
export const ours: Contestant = {
  name: 'plumbline check', rules: 'the rules of policies/plan', judged: [0, 1],
  command: (plan) => [process.execPath, join(repository, 'scripts/plumbline.mjs'), 'check', plan],
}

const folder = join(cache, 'bench')

/** conftest with the same Rego, built from its pin into the cache. Its own folder of rules has neither tests nor the rooms that plans are not judged by. */
export async function conftest(report: Report): Promise<Contestant> {
  await ensureToolchain({ report, only: ['conftest'] })
  const program = await tool('conftest')
  const rules = join(folder, 'conftest-policies')
  await rm(rules, { recursive: true, force: true })
  const files = (await readdir(policiesFolder, { recursive: true })).filter((file) => /^(plan|lib)\/.*\.rego$/.test(file) && !file.endsWith('_test.rego'))
  for (const file of files) {
    await mkdir(dirname(join(rules, file)), { recursive: true })
    await cp(join(policiesFolder, file), join(rules, file))
  }
  await writeFile(join(rules, 'main.rego'), plansOnly(await readFile(join(policiesFolder, 'main.rego'), 'utf8')))
  await writeFile(join(rules, 'bench.rego'), asConftestAsks)
  return { name: 'conftest', rules: 'the same', judged: [0, 1], command: (plan) => [program, 'test', '--policy', rules, '--namespace', 'bench', plan] }
}

/** main.rego without the rooms that are not there. */
function plansOnly(rego: string): string {
  return rego.split('\n').filter((line) => !/^(manifests|pipeline|state) := /.test(line)).join('\n')
}

/** conftest wants texts under deny and warn. */
const asConftestAsks = `package bench

import data.main

deny contains sprintf("plan/%s: %s: %s", [name, one.subject, one.found]) if {
	some name, verdict in main.plan
	some one in verdict.deny
}

warn contains sprintf("plan/%s: %s: %s", [name, one.subject, one.depends_on]) if {
	some name, verdict in main.plan
	some one in verdict.unknown
}
`

export const checkovVersion = '3.3.30'

/** checkov with its own rules, installed from PyPI into a virtual environment of the cache; undefined when there is no python3. */
export async function checkov(report: Report): Promise<Contestant | undefined> {
  const home = join(folder, `checkov-${checkovVersion}`)
  const program = join(home, 'bin/checkov')
  if (!await isExecutable(program)) {
    const started = await install(home, report).then(() => true, () => false)
    if (!started) return undefined
  }
  const args = ['--framework', 'terraform_plan', '--compact', '--quiet', '--skip-download', '--file']
  return { name: `checkov ${checkovVersion}`, rules: 'its own', judged: [0, 1], sizes: [500, 5000], command: (plan) => [program, ...args, plan] }
}

async function install(home: string, report: Report): Promise<void> {
  const phase = `checkov ${checkovVersion} from PyPI, 300 MB, into ${home}`
  report({ phase, state: 'started' })
  await rm(home, { recursive: true, force: true })
  await run('python3', ['-m', 'venv', home], { env: plainEnvironment() })
  await run(join(home, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', `checkov==${checkovVersion}`], { env: plainEnvironment() })
  report({ phase, state: 'finished' })
}

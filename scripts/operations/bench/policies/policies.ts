import { mkdir, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { repository } from '../../../../fixtures/sandbox/paths.ts'
import { inTemporaryFolder } from '../../../../fixtures/sandbox/temporary.ts'
import type { Report } from '../../../../fixtures/sandbox/progress.ts'
import { plainEnvironment, run } from '../../pipeline/children.ts'
import { checkov, conftest, ours, type Contestant } from './contestants.ts'
import { summaryOf, timed, type Summary, type Timed } from './measure.ts'
import { planOf, recordedPlan } from './plans.ts'

/** Resources of the plans, unless said. */
export const usualSizes: readonly number[] = [500, 1000, 2000, 5000, 20_000]

export interface Measured { size: number, name: string, rules: string, wall: Summary, cpu: Summary, rounds: readonly Timed[] }

export interface BenchRequest { rounds: number, sizes: readonly number[], withCheckov: boolean, report: Report, signal: AbortSignal }

/** The same plans by ours and by others, each a whole process, in turn within every round, so that what else the machine does meets them alike. Keeps the numbers in reports/bench. */
export async function benchPolicies({ rounds, sizes, withCheckov, report, signal }: BenchRequest): Promise<{ measured: Measured[], missing: string[], file: string }> {
  const another = withCheckov ? await checkov(report) : undefined
  const contestants = [ours, await conftest(report), ...another === undefined ? [] : [another]]
  const recorded = await recordedPlan()
  const measured: Measured[] = []
  await inTemporaryFolder('bench', async (folder) => {
    for (const size of sizes) {
      const phase = `${String(size)} resources`
      report({ phase, state: 'started' })
      const plan = join(folder, `plan-${String(size)}.json`)
      await writeFile(plan, JSON.stringify(planOf(size, recorded)))
      await refuseOtherRules(contestants, plan)
      measured.push(...await inTurn(contestants.filter((one) => one.sizes?.includes(size) ?? true), { size, plan, rounds, signal }))
      report({ phase, state: 'finished' })
    }
  })
  const missing = withCheckov && another === undefined ? ['checkov could not be installed (python3 with venv and PyPI are needed), so it was not measured.'] : []
  return { measured, missing, file: await keep(measured) }
}

const oursSchema = z.looseObject({ counts: z.looseObject({ denied: z.number(), unknown: z.number() }) })
const conftestSchema = z.tuple([z.looseObject({ failures: z.array(z.unknown()).default([]), warnings: z.array(z.unknown()).default([]) })])

/** Whoever says that it judges by the same rules must find as much. */
async function refuseOtherRules([mine, theirs]: readonly Contestant[], plan: string): Promise<void> {
  if (mine === undefined || theirs === undefined) return
  const said = async ({ command }: Contestant, ...more: string[]): Promise<unknown> => {
    const [program, ...args] = command(plan)
    return JSON.parse((await run(program, [...args, ...more], { env: plainEnvironment() })).stdout)
  }
  const { counts: { denied, unknown } } = oursSchema.parse(await said(mine, '--json'))
  const [{ failures, warnings }] = conftestSchema.parse(await said(theirs, '--output', 'json'))
  if (denied !== failures.length || unknown !== warnings.length) throw new Error(`expected ${mine.name} and ${theirs.name} to find the same in ${plan}, but one found ${String(denied)} denials and ${String(unknown)} unknowns, the other ${String(failures.length)} and ${String(warnings.length)}`)
}

interface Turn { size: number, plan: string, rounds: number, signal: AbortSignal }

/** One round that is not counted, in which everything is read from the disk for the first time, then as many as are asked for. */
async function inTurn(contestants: readonly Contestant[], { size, plan, rounds, signal }: Turn): Promise<Measured[]> {
  const runs = new Map<Contestant, Timed[]>(contestants.map((one) => [one, []]))
  for (let round = 0; round <= rounds; round += 1) {
    for (const [one, own] of runs) {
      const ended = await timed(one.command(plan), signal)
      if (!one.judged.includes(ended.code)) throw new Error(`expected ${one.name} to judge ${plan}, but it ended with ${String(ended.code)}`)
      if (round > 0) own.push(ended)
    }
  }
  return [...runs].map(([{ name, rules }, own]) => ({ size, name, rules, wall: summaryOf(own.map(({ wall }) => wall)), cpu: summaryOf(own.map(({ cpu }) => cpu)), rounds: own }))
}

async function keep(measured: readonly Measured[]): Promise<string> {
  const at = new Date().toISOString()
  const folder = join(repository, 'reports/bench')
  await mkdir(folder, { recursive: true })
  const file = join(folder, `policies-${at.replaceAll(/[:.]/g, '-')}.json`)
  await writeFile(file, `${JSON.stringify({ at, cores: cpus().length, node: process.version, measured }, null, 2)}\n`)
  return file
}

/** The table that people read, as Markdown: seconds as least, median and most, and how much of the other's time ours takes, round by round. */
export function policiesTable(measured: readonly Measured[]): string[] {
  const rows = measured.map((one) => {
    const mine = measured.find(({ size, name }) => size === one.size && name === ours.name)
    return [String(one.size), one.name, spread(one.wall), spread(one.cpu), mine === undefined || mine === one ? '' : `${ratio(mine, one, 'wall')} (${ratio(mine, one, 'cpu')})`]
  })
  const head = ['resources', 'judge', 'seconds (least, median, most)', 'seconds on the cores', 'ours takes, of its time (on the cores)']
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
}

function spread({ min, median, max }: Summary): string {
  return [min, median, max].map((seconds) => seconds.toFixed(2)).join(' · ')
}

/** The median of the ratios of the rounds: what else the machine did in one round was done to both. */
export function ratio(mine: Measured, theirs: Measured, what: 'wall' | 'cpu'): string {
  const ratios = mine.rounds.flatMap((round, index) => {
    const other = theirs.rounds[index]
    return other === undefined ? [] : [round[what] / other[what]]
  })
  return `${summaryOf(ratios).median.toFixed(2)} ×`
}

import { exitCodes } from '../../reports/model/verdict.ts'
import type { DrillFacts } from '../../suites/intent/drills.ts'
import { severalArguments } from '../console/arguments.ts'
import type { Console } from '../console/console.ts'
import { UsageFailure } from '../console/failure.ts'
import { defineVerb, oneOf } from '../console/verb.ts'

const targets = ['sandbox', 'lke'] as const

export const drill = defineVerb({
  name: 'drill',
  description: 'Hold drills by their runbooks, timed and watched, and put everything back. Without a name: list them. Exit code 0 when every drill was satisfied, else that of `conform`; 5 when something was not put back.',
  args: {
    name: { type: 'positional', required: false, valueHint: severalArguments, description: 'names of drills' },
    all: { type: 'boolean', description: 'Hold every drill, one after the other.' },
    list: { type: 'boolean', description: 'List the drills: what each touches, when it is ended, how long it takes, its runbook.' },
    restore: { type: 'boolean', description: 'Put back what drills left that were killed.' },
    target: { type: 'enum', options: [...targets], default: 'sandbox', description: 'Which platform.' },
    operator: { type: 'string', valueHint: 'NAME', description: 'Who holds them: a person of the installation.' },
    witness: { type: 'string', valueHint: 'NAME', description: 'Who sees them: another person of the installation.' },
    yes: { type: 'boolean', description: 'Do not ask before the start.' },
  },
  run: async ({ console, args, positionals, signal }) => {
    if (args.restore === true) return await restore(console)
    const { allDrills } = await import('../../suites/intent/drills.ts')
    const { drillsNamed } = await import('../operations/drills/listing.ts')
    const target = oneOf(args.target, targets)
    if (args.all === true && positionals.length > 0) throw new UsageFailure(`--all holds every drill, and ${positionals.join(', ')} was named as well: expected one or the other.`)
    const named = args.all === true ? allDrills.filter((one) => one.targets.includes(target)) : drillsNamed(positionals)
    if (args.list === true || named.length === 0) return await list(console, named.length === 0 ? allDrills : named)
    return await hold(named, { target, yes: args.yes === true, operator: args.operator, witness: args.witness }, { console, signal })
  },
})

type Drills = readonly DrillFacts[]

async function list(console: Console, drills: Drills): Promise<number> {
  const { drillForMachines, drillInWords } = await import('../operations/drills/listing.ts')
  for (const line of drills.flatMap(drillInWords)) console.line(line)
  console.document(drills.map(drillForMachines))
  return exitCodes.conformant
}

interface Asked { target: (typeof targets)[number], yes: boolean, operator: string | undefined, witness: string | undefined }

async function hold(drills: Drills, { target, yes, ...named }: Asked, { console, signal }: { console: Console, signal: AbortSignal }): Promise<number> {
  const { repository } = await import('../../fixtures/sandbox/paths.ts')
  const { installationOf } = await import('../operations/pipeline/installation.ts')
  const { loadPlatform } = await import('../operations/pipeline/platform-file.ts')
  const { drillPeople } = await import('../operations/drills/people.ts')
  const { beforeStart } = await import('../operations/drills/listing.ts')
  const { confirmed, onTerminal } = await import('../operations/drills/confirm.ts')
  const { people } = await installationOf(target, await loadPlatform(`${repository}/terraform/platform.yaml`))
  const { refuseOpenDrill } = await import('../operations/drills/offer.ts')
  await refuseOpenDrill()
  const drillers = drillPeople(target, people, named)
  for (const line of beforeStart(drills, target, drillers)) console.note(line)
  await confirmed({ target, yes, terminal: process.stdin.isTTY && process.stderr.isTTY, question: () => onTerminal(signal) })
  const { drillCase } = await import('../../suites/intent/drills.ts')
  const { conform } = await import('../operations/conformance/conform.ts')
  const { announceDrills } = await import('../operations/drills/announce.ts')
  const published = await conform({
    target, profile: 'gameday', only: drills.map(drillCase), skip: [], report: console.report, signal, drillPeople: drillers,
    onCase: ({ id, verdict }) => console.note(`${verdict.padEnd(13)} ${id}`),
  })
  return announceDrills(published, drills, { console, signal })
}

async function restore(console: Console): Promise<number> {
  const { restoreDrills } = await import('../operations/drills/restore.ts')
  const done = await restoreDrills({ report: console.report })
  for (const { drill: name, runId, undone, differences, restored } of done) {
    console.line(`${restored ? '✔' : '✘'} ${name} of the run ${runId}: ${restored ? 'put back, every digest is that of before' : 'NOT put back'}`)
    for (const { title, command, outcome, seconds, why } of undone) console.line(`    ${outcome} in ${seconds.toFixed(0)} s: ${title} (${command})${why === undefined ? '' : `: ${why}`}`)
    for (const one of differences) console.line(`    ${one}`)
  }
  if (done.length === 0) console.line('No drill is open: there is nothing to put back.')
  console.document(done)
  return done.every(({ restored }) => restored) ? exitCodes.conformant : exitCodes.integrity
}

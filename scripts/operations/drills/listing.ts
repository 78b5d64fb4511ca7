import { allDrills, commonAborts, drillCase, drillsWithin } from '../../../suites/intent/drills.ts'
import type { DrillFacts } from '../../../suites/intent/drills.ts'
import { UsageFailure } from '../../console/failure.ts'
import { didYouMean } from '../../console/nearest.ts'
import type { DrillPeople } from './people.ts'

/** The drills that names mean, in the order of the list. Throws a UsageFailure that lists every name for one that is unknown. */
export function drillsNamed(names: readonly string[], all: readonly DrillFacts[] = allDrills): DrillFacts[] {
  const known = all.map(({ name }) => name)
  const unknown = names.find((name) => !known.includes(name))
  if (unknown !== undefined) throw new UsageFailure(`No drill is called ${JSON.stringify(unknown)}: expected one of ${known.join(', ')}.${didYouMean(unknown, known)}`)
  return all.filter(({ name }) => names.includes(name))
}

/** A drill for people, in a few lines. */
export function drillInWords({ name, title, minutes, touches, aborts, runbook, requirements, seconds, targets }: DrillFacts): string[] {
  return [
    `${name}  ${title}`,
    `    takes     about ${String(minutes)} min${seconds === undefined ? '' : `, of which its way back may take ${String(seconds / 60)} min`}`,
    `    touches   ${touches.join('; ')}`,
    `    is ended  when ${[...commonAborts, ...aborts].join('; ')}`,
    `    runbook   docs/${runbook.file}${runbook.heading === undefined ? '' : `, "${runbook.heading}"`}`,
    `    proves    ${requirements.join(', ')}${targets.length === 1 ? ` (on ${targets[0] ?? ''} only)` : ''}`,
  ]
}

/** The same for machines, with the id of its case. */
export function drillForMachines(drill: DrillFacts): object {
  return { ...drill, aborts: [...commonAborts, ...drill.aborts], case: drillCase(drill) }
}

/** The cases of drills that have to be held on a target once a quarter, with the command that holds each. */
export function dueDrills(target: DrillFacts['targets'][number]): { case: string, requirements: readonly string[], command: string, days: number }[] {
  const where = target === 'sandbox' ? '' : ` --target ${target}`
  return allDrills.filter(({ targets }) => targets.includes(target)).map((drill) => ({ case: drillCase(drill), requirements: drill.requirements, command: `npx plumbline drill ${drill.name}${where}`, days: drillsWithin }))
}

/** What people are told before drills begin. */
export function beforeStart(drills: readonly DrillFacts[], target: string, { operator, witness }: DrillPeople): string[] {
  const minutes = drills.reduce((sum, one) => sum + one.minutes, 0)
  return [
    ...drills.flatMap(drillInWords),
    `On ${target}, about ${String(minutes)} min in all. Held by ${operator ?? 'nobody who was named (--operator)'}, seen by ${witness ?? 'nobody who was named (--witness)'}. Everything is put back; should this process be killed, by \`npx plumbline drill --restore\`.`,
  ]
}

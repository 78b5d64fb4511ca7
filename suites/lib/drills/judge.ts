import type { DrillLog } from '../../../reports/model/drill.ts'

/** One sentence for everything that the log shows and that no drill may show. For `toBeFaultless`. */
export function faultsOfDrill(log: DrillLog): string[] {
  return [...deliveries(log), ...outages(log), ...badSteps(log), ...lateness(log), ...leftBehind(log)]
}

function deliveries({ drill, watch: { delivered } }: DrillLog): string[] {
  return delivered.map(({ cell, at }) => `expected nothing to be delivered in a denied cell while ${drill} was held, but ${cell} was, ${at.toFixed(0)} s after its beginning`)
}

function outages({ drill, watch: { environments } }: DrillLog): string[] {
  return Object.entries(environments).flatMap(([name, { longest, allowed }]) => longest <= allowed
    ? []
    : [`expected ${name} to be out of reach for at most ${String(allowed)} s on end while ${drill} was held, but it was for ${longest.toFixed(0)} s`])
}

function badSteps({ steps }: DrillLog): string[] {
  return steps.flatMap(({ title, outcome, why = '', seconds, atMost }) => {
    if (outcome === 'failed') return [`expected the step "${title}" to do what is written, but ${why}`]
    return outcome === 'late' ? [`expected the step "${title}" within ${String(atMost)} s, but it took ${seconds.toFixed(0)} s`] : []
  })
}

function lateness({ drill, time: { atMost, taken } }: DrillLog): string[] {
  return atMost === null || taken <= atMost ? [] : [`expected the way back of ${drill} within ${String(atMost)} s, but it took ${taken.toFixed(0)} s`]
}

function leftBehind({ drill, differences, undone, restored, after }: DrillLog): string[] {
  const failed = undone.filter(({ outcome }) => outcome === 'failed').map(({ command, why = '' }) => `expected \`${command}\` to put ${drill} back, but ${why}`)
  const changed = differences.map((one) => `expected ${drill} to leave everything as it was, but ${one}; run "npx plumbline drill --restore"`)
  return failed.length + changed.length > 0 || restored || after === null ? [...failed, ...changed] : [`expected every environment to answer after ${drill}, but not all did`]
}

/** One sentence for everything of which nobody knows. For `refuseUndecided`, after every assertion. */
export function undecidedInDrill(log: DrillLog): string[] {
  const { drill, operator, witness, watch, steps, after, aborted } = log
  return [
    ...people(drill, operator, witness),
    ...unwatched(drill, watch),
    ...Object.entries(watch.environments).filter(([, { looks }]) => looks === 0).map(([name]) => `expected ${name} to be asked while ${drill} was held, but nobody could ask`),
    ...steps.filter(({ outcome }) => outcome === 'cut off' || outcome === 'not reached').map(({ title, why = '' }) => `expected to see the step "${title}" to its end, but ${why}`),
    ...(after === null ? [`expected to compare what is there after ${drill} with what was before, but it could not be read`] : []),
    ...(aborted === null ? [] : [`expected ${drill} to be held to its end, but it was ended: ${aborted}`]),
  ]
}

/** What part of a drill's seconds has to be looked at for its claim about the denied cells to mean anything. */
const watchedShare = 0.5

function unwatched(drill: string, { looks, seconds, controls }: DrillLog['watch']): string[] {
  if (looks === 0 || controls.delivered === 0) return [`expected the denied cells to be watched while ${drill} was held, but in none of ${String(seconds)} s somebody looked and a control was delivered`]
  return looks < seconds * watchedShare ? [`expected the denied cells to be looked at in at least half of the ${String(seconds)} s of ${drill}, but they were in ${String(looks)}`] : []
}

function people(drill: string, operator: string | null, witness: string | null): string[] {
  if (operator === null || witness === null) return [`expected ${drill} to be held by an operator and seen by a witness, but nobody was named as ${operator === null ? 'operator' : 'witness'}; run "npx plumbline drill ${drill} --operator NAME --witness NAME"`]
  return operator === witness ? [`expected somebody else than the operator ${operator} to witness ${drill}, but it was the same person`] : []
}

import type { ReachabilityVerdict } from '../../../reports/model/reachability.ts'
import type { IntendedCell } from '../../intent/routes.ts'
import { judge, notRun, type JudgedCell } from '../cell.ts'
import type { ComputedVerdict } from '../segmentation/compute.ts'
import type { Observations } from './pass.ts'

/** What else is known about a cell: what policies say, which are in force by zone, and what was seen first of a cell that was tried twice. */
export interface CellContext {
  verdicts: ReadonlyMap<string, ComputedVerdict>
  policies: ReadonlyMap<string, readonly string[]>
  first: ReadonlyMap<string, ReachabilityVerdict>
}
const nothingElse: CellContext = { verdicts: new Map(), policies: new Map(), first: new Map() }

/** One cell of the intended table with everything that was observed about it. */
export function judgedCell(intended: IntendedCell, observations: Observations, { verdicts, policies, first }: CellContext = nothingElse): JudgedCell {
  const observed = observations.attempts.get(intended.id) ?? notRun('it was not tried')
  const control = observations.attempts.get(intended.control) ?? notRun('its control was not tried')
  const nonce = observations.nonces.get(intended.id) ?? ''
  const farSide = farSideOf(intended, nonce, observations)
  const { verdict, reason } = judge(intended.intended, { observed, control, farSide })
  return {
    reason,
    policiesInForce: [...new Set([intended.from.zone, intended.to.zone])].flatMap((zone) => policies.get(zone) ?? []),
    cell: {
      id: intended.id,
      from: { environment: intended.from.zone, endpoint: intended.from.name },
      to: { environment: intended.to.zone, endpoint: intended.to.name },
      route: intended.route,
      protocol: intended.protocol,
      port: intended.port,
      intended: intended.intended,
      computed: computedOf(verdicts.get(intended.id)),
      control: control.verdict,
      observed: observed.verdict,
      first: first.get(intended.id) ?? null,
      verdict,
      nonce,
      farSide: farSide === 'foreign' ? null : farSide,
      milliseconds: observed.milliseconds,
    },
  }
}

function farSideOf({ to, route }: IntendedCell, nonce: string, { witnesses }: Observations): boolean | null | 'foreign' {
  if (route === 'landmark') return 'foreign'
  return nonce === '' ? null : witnesses.get(to.id)?.has(nonce) ?? null
}

function computedOf(verdict: ComputedVerdict | undefined): 'allow' | 'deny' | null {
  return verdict === undefined ? null : verdict.allowed ? 'allow' : 'deny'
}

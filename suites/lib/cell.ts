import type { ReachabilityCell, ReachabilityVerdict } from '../../reports/model/reachability.ts'
import type { IntendedCell } from '../intent/routes.ts'
import type { AgentResult } from './probes/protocol.ts'

/** What one attempt showed, before anything is made of it. */
export interface Observation {
  verdict: ReachabilityVerdict
  /** A TCP handshake was completed: packets crossed both ways, whatever became of the answer. */
  handshake: boolean
  /** Something answered with this attempt's nonce, but it was not the listener that was asked for. */
  misdelivered: boolean
  milliseconds: number
  detail: string
}

/** A cell with all that was observed about it, its verdict and the sentence that explains it. */
export interface JudgedCell {
  cell: ReachabilityCell
  reason: string
  /** Names of the network policies of the environments on both ends, as `name@namespace`. */
  policiesInForce: readonly string[]
}

/** A cell in a sentence: `staging/exposed-1 → production/exposed-2:8080 (TCP by service name)`. */
export function cellName({ from, to, port, protocol, route }: ReachabilityCell): string {
  return `${from.environment}/${from.endpoint} → ${to.environment}/${to.endpoint}:${port} (${protocol}${ways[route]})`
}

const ways: Readonly<Record<ReachabilityCell['route'], string>> = {
  'pod-ip': '', service: ' by service name', headless: ' by the name of a headless service', 'headless-pod': ' by its name under a headless service', 'node-port': ' by a port of its node', landmark: '',
}

/** The agent did not report on this attempt; `why` says what is known about it. */
export function notRun(why: string): Observation {
  return { verdict: 'not-run', handshake: false, misdelivered: false, milliseconds: 0, detail: why }
}

/**
 * Reads an agent's result. `listenerAlive` tells a refusal by the network from one by a host on which nobody listens: the two
 * look the same on the wire, so only the control can tell them apart. `foreign`: the listener is a server of the platform, and not a probe.
 */
export function observe(result: AgentResult, listener: { id: string, alive: boolean, foreign?: boolean }): Observation {
  const handshake = result.protocol === 'TCP' && result.phase === 'answer'
  // A server that is not ours knows nothing of nonces: that it completed the handshake is all that there is to see.
  if (listener.foreign === true && handshake) return { verdict: 'delivered', handshake, misdelivered: false, milliseconds: result.ms, detail: 'the TCP handshake was completed' }
  return {
    verdict: verdictOf(result, listener.alive),
    handshake,
    misdelivered: result.outcome === 'delivered' && result.answeredBy !== listener.id,
    milliseconds: result.ms,
    detail: detailOf(result),
  }
}

function verdictOf(result: AgentResult, alive: boolean): ReachabilityVerdict {
  if (result.outcome === 'delivered') return 'delivered'
  if (result.outcome === 'dns') return 'dns-failure'
  if (result.phase === 'answer' || result.outcome === 'error') return 'client-error'
  if (result.outcome === 'timeout') return 'dropped'
  if (result.outcome === 'refused') return alive ? 'rejected' : 'no-listener'
  // The network said that there is no way to the host: an administrative refusal when the listener is alive, else nothing we can read.
  return alive ? 'rejected' : 'client-error'
}

function detailOf(result: AgentResult): string {
  if (result.outcome === 'delivered') return `answered by ${result.answeredBy ?? 'nobody'}`
  return result.error ?? result.outcome
}

export interface Witnesses {
  observed: Observation
  control: Observation
  /** Whether the far side logged the attempt's nonce; null when its log could not be read or lacks what it must hold, `foreign` when it is a server that logs no nonces. */
  farSide: boolean | null | 'foreign'
}

export interface Judgement {
  verdict: ReachabilityCell['verdict']
  reason: string
}

/** Intended against control, observation and far side. A delivery where none is meant is a violation at once; silence alone proves nothing. */
export function judge(intended: IntendedCell['intended'], witnesses: Witnesses): Judgement {
  return intended === 'deny' ? judgeDenied(witnesses) : judgeAllowed(witnesses)
}

function judgeDenied({ observed, control, farSide }: Witnesses): Judgement {
  if (observed.verdict === 'delivered') return { verdict: 'violated', reason: `it was delivered in ${inWords(observed.milliseconds)}` }
  if (observed.handshake) return { verdict: 'violated', reason: `the TCP handshake was completed, though no answer followed (${observed.detail})` }
  if (farSide === true) return { verdict: 'violated', reason: 'the far side received it, though no answer came back' }
  if (observed.verdict !== 'dropped' && observed.verdict !== 'rejected') {
    return { verdict: 'indeterminate', reason: `it was ${observed.verdict} (${observed.detail}), which is not a denial` }
  }
  if (control.verdict !== 'delivered') return { verdict: 'indeterminate', reason: `its control was ${control.verdict} (${control.detail}), so silence proves nothing` }
  if (farSide === null) return { verdict: 'indeterminate', reason: 'the log of the far side could not be read, so the second witness is missing' }
  const witness = farSide === 'foreign' ? '' : ', and the far side saw nothing of it'
  return { verdict: 'satisfied', reason: `it was ${observed.verdict} while its control was delivered${witness}` }
}

/**
 * An attempt that is meant to be open and was stopped is a violation only when the listener answered itself in the same window
 * (the control): then nothing but the network can have stopped it. A name that did not resolve or an agent that did not run says nothing about it.
 */
function judgeAllowed({ observed, control, farSide }: Witnesses): Judgement {
  if (observed.verdict === 'delivered') {
    if (observed.misdelivered) return { verdict: 'indeterminate', reason: `another listener answered (${observed.detail})` }
    if (farSide === false) return { verdict: 'indeterminate', reason: 'it was answered, but the far side has no record of it' }
    return { verdict: 'satisfied', reason: `it was delivered in ${inWords(observed.milliseconds)}` }
  }
  if (control.verdict !== 'delivered') {
    return { verdict: 'indeterminate', reason: `it was ${observed.verdict} (${observed.detail}), but its listener was ${control.verdict} to itself (${control.detail})` }
  }
  if (observed.verdict === 'dropped' || observed.verdict === 'rejected') {
    return { verdict: 'violated', reason: `it was ${observed.verdict} (${observed.detail}) while its listener was answering` }
  }
  return { verdict: 'indeterminate', reason: `it was ${observed.verdict} (${observed.detail})` }
}

function inWords(milliseconds: number): string {
  return `${Math.round(milliseconds)} ms`
}

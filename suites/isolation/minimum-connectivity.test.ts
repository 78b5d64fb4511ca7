import { expect, test } from '../lib/case.ts'

test(
  'a pod that asks to be reachable is reached by every pod of its own environment, by address and by service name',
  { tags: ['FR-009'] },
  async ({ traffic, evidence }) => {
    const { settling, fleet, again, cells, sctp } = await traffic.pass()
    const within = await traffic.slice('exposedWithinEnvironment')
    evidence.reachability('attempts from within each environment at its exposed pods', within)
    evidence.observe('where the probes ran, how long allowed routes took to open, whether their nodes have SCTP, and which cells the first look left undecided and the second saw otherwise', {
      probes: fleet.members.map((member) => member.ready
        ? { endpoint: member.endpoint.id, node: member.node, address: member.ip, image: member.image }
        : { endpoint: member.endpoint.id, why: member.why }),
      startedInSeconds: fleet.milliseconds / 1000,
      sctp,
      triedAgain: again.length,
      flapped: cells.filter(({ cell }) => cell.first !== null && cell.first !== cell.observed).map(({ cell }) => ({ id: cell.id, first: cell.first, then: cell.observed })),
      settling: { converged: settling.converged, attempts: settling.attempts, seconds: settling.milliseconds / 1000, undelivered: settling.value },
    })

    expect(within.cells).toHaveVerdict('delivered')
  },
)

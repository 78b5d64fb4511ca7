import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { endpoints, targets } from '../../intent/endpoints.ts'
import { intendedCells } from '../../intent/routes.ts'
import type { JudgedCell } from '../cell.ts'
import { intended, simulated, type Faults } from './network.fixture.ts'
import { observeTraffic, settleRoutes } from './pass.ts'
import { sctpByNode } from './sctp.ts'
import { observeTwice } from './again.ts'
import type { Agents } from './agents.ts'
import type { Fleet } from './fleet.ts'
import { judgedCell } from './judged.ts'

async function judged(faults: Faults): Promise<JudgedCell[]> {
  const { fleet, agents } = simulated(faults)
  const observations = await observeTraffic(fleet, agents)
  return intendedCells.map((cell) => judgedCell(cell, observations))
}

function tally(cells: readonly JudgedCell[]): Record<string, number> {
  return Object.fromEntries(['satisfied', 'violated', 'indeterminate'].map((verdict) => [verdict, cells.filter(({ cell }) => cell.verdict === verdict).length]))
}

const reasonsOf = (cells: readonly JudgedCell[], verdict: string) => [...new Set(cells.filter(({ cell }) => cell.verdict === verdict).map(({ reason }) => reason))].sort()
const anyEndpoint = fc.constantFrom(...endpoints.map(({ id }) => id))
const anyTarget = fc.constantFrom(...targets.map(({ id }) => id))

describe('a pass', () => {
  test('over a network that does what is intended satisfies every cell', async () => {
    expect(tally(await judged({}))).toEqual({ satisfied: 1200, violated: 0, indeterminate: 0 })
  })

  test('finds each opening, and nothing else', async () => {
    await fc.assert(fc.asyncProperty(anyEndpoint, anyTarget, async (from, to) => {
      fc.pre(from !== to && !intended(from, to))
      const cells = await judged({ open: (a, b) => intended(a, b) || (a === from && b === to) })
      const found = cells.filter(({ cell }) => cell.verdict === 'violated')
      expect(found.length).toBeGreaterThan(0)
      expect(found.every(({ cell }) => `${cell.from.environment}/${cell.from.endpoint}` === from && `${cell.to.environment}/${cell.to.endpoint}` === to)).toBe(true)
      expect(tally(cells)['indeterminate']).toBe(0)
    }), { numRuns: 25 })
  })

  test('finds what only the far side noticed', async () => {
    const cells = await judged({ overheard: (from, to) => from === 'staging/unexposed' && to === 'production/exposed-2' })
    expect(tally(cells)).toEqual({ satisfied: 1196, violated: 4, indeterminate: 0 })
    expect(reasonsOf(cells, 'violated')).toEqual(['the far side received it, though no answer came back'])
  })

  test('calls a closed allowed route a violation while its listener answers', async () => {
    const cells = await judged({ open: (from, to) => intended(from, to) && !(from === 'system/unexposed' && to === 'system/exposed-1') })
    expect(tally(cells)).toEqual({ satisfied: 1194, violated: 6, indeterminate: 0 })
    expect(reasonsOf(cells, 'violated')).toEqual(['it was dropped (i/o timeout) while its listener was answering'])
  })

  test('proves nothing about a dead listener: neither satisfied nor violated', async () => {
    const cells = await judged({ deaf: ['production/exposed-1'] })
    const about = cells.filter(({ cell }) => cell.to.environment === 'production' && cell.to.endpoint === 'exposed-1')
    expect(tally(about)).toEqual({ satisfied: 0, violated: 0, indeterminate: 138 })
    expect(tally(cells)).toEqual({ satisfied: 1062, violated: 0, indeterminate: 138 })
  })

  test('proves nothing about an endpoint whose pod does not run', async () => {
    const cells = await judged({ missing: ['staging/exposed-1'] })
    expect(tally(cells)['violated']).toBe(0)
    const about = cells.filter(({ cell }) => [cell.from, cell.to].some(({ environment, endpoint }) => environment === 'staging' && endpoint === 'exposed-1'))
    expect(tally(about)).toEqual({ satisfied: 0, violated: 0, indeterminate: about.length })
    expect(reasonsOf(about, 'indeterminate')[0]).toContain('staging/exposed-1 does not run: its pod cannot start: ErrImagePull (not found)')
  })

  test('proves nothing when no pod runs at all', async () => {
    expect(tally(await judged({ missing: endpoints.map(({ id }) => id) }))).toEqual({ satisfied: 0, violated: 0, indeterminate: 1200 })
  })

  test('proves nothing about a source that could not probe', async () => {
    const cells = await judged({ mute: ['development/unexposed'] })
    const from = cells.filter(({ cell }) => cell.from.environment === 'development' && cell.from.endpoint === 'unexposed')
    expect(tally(from)).toEqual({ satisfied: 0, violated: 0, indeterminate: from.length })
    expect(from[0]?.reason).toContain('development/unexposed could not probe: the stream was closed (1006) before the command ended')
  })

  test('accepts no denial without the far side\'s log', async () => {
    const cells = await judged({ unread: ['system/exposed-2'] })
    expect(tally(cells)).toMatchObject({ violated: 0, indeterminate: 60 })
    expect(reasonsOf(cells, 'indeterminate')).toEqual(['the log of the far side could not be read, so the second witness is missing'])
  })

  test('leaves every attempt by name undecided when names do not resolve, and counts the failed look-ups', async () => {
    const zones = [...new Set(endpoints.map(({ zone }) => zone))]
    const cells = await judged({ nameless: zones })
    const byName = ({ cell }: JudgedCell): boolean => ['service', 'headless', 'headless-pod'].includes(cell.route)
    expect(cells.filter(byName).every(({ cell }) => cell.verdict === 'indeterminate')).toBe(true)
    expect(cells.filter((one) => !byName(one)).every(({ cell }) => cell.verdict === 'satisfied')).toBe(true)
    const { fleet, agents } = simulated({ nameless: ['staging'] })
    const { resolutions } = await observeTraffic(fleet, agents)
    expect(resolutions.filter(({ failed }) => failed > 0).map(({ zone }) => zone)).toEqual(['staging', 'staging', 'staging', 'staging'])
    expect(resolutions.find(({ endpoint }) => endpoint === 'staging/unexposed')).toEqual({ endpoint: 'staging/unexposed', zone: 'staging', resolved: 0, failed: 30, error: 'i/o timeout' })
  })

  test('never satisfies a cell of an endpoint at fault, whatever the faults are', async () => {
    const some = fc.subarray(endpoints.map(({ id }) => id), { maxLength: 4 })
    await fc.assert(fc.asyncProperty(some, some, some, async (missing, deaf, mute) => {
      const cells = await judged({ missing, deaf, mute })
      const faulty = new Set([...missing, ...deaf])
      for (const { cell } of cells) {
        if (faulty.has(`${cell.to.environment}/${cell.to.endpoint}`)) expect(cell.verdict).not.toBe('satisfied')
        expect(cell.verdict).not.toBe('violated')
      }
    }), { numRuns: 40 })
  })
})

describe('a second look', () => {
  const lame = (): { fleet: Fleet, agents: Agents, asked: number[] } => {
    const { fleet, agents } = simulated()
    const asked: number[] = []
    // The first batch of one source is lost.
    let lost = false
    return {
      fleet,
      asked,
      agents: {
        ...agents,
        attempt: (member, cells) => {
          if (member.endpoint.id === 'staging/exposed-2' && cells.length > 1) {
            asked.push(cells.length)
            if (!lost) {
              lost = true
              return Promise.reject(new Error('the stream was closed (1006) before the command ended'))
            }
          }
          return agents.attempt(member, cells)
        },
      },
    }
  }

  test('is taken of the undecided cells alone, and says what the first one saw', async () => {
    const { fleet, agents, asked } = lame()
    const { of, first } = await observeTwice({ fleet, agents }, { cells: intendedCells })
    const cells = intendedCells.map((cell) => judgedCell(cell, of(cell), { verdicts: new Map(), policies: new Map(), first }))
    expect(tally(cells)).toEqual({ satisfied: 1200, violated: 0, indeterminate: 0 })
    const tried = cells.filter(({ cell }) => cell.first !== null)
    expect(new Set(tried.map(({ cell }) => cell.first))).toEqual(new Set(['not-run', 'dropped']))
    expect(tried.length).toBeLessThan(300)
    expect(asked[1] ?? 0).toBeLessThanOrEqual(asked[0] ?? 0)
  })

  test('never tries a delivery away', async () => {
    const { fleet, agents } = simulated({ open: (from, to) => intended(from, to) || (from === 'staging/unexposed' && to === 'production/exposed-1') })
    const { first } = await observeTwice({ fleet, agents }, { cells: intendedCells })
    expect(first.size).toBe(0)
  })
})

describe('SCTP', () => {
  test('is told for each node, and silence or a failure is neither yes nor no', async () => {
    const { fleet, agents } = simulated()
    expect(await sctpByNode(fleet, agents)).toEqual({ node1: 'the kernel does not have it' })
    expect(await sctpByNode(fleet, { ...agents, offersSctp: () => Promise.resolve(true) })).toEqual({ node1: 'the kernel has it, and nothing was tried over it' })
    expect(await sctpByNode(fleet, { ...agents, offersSctp: () => Promise.resolve(undefined) })).toEqual({ node1: 'not known: the agent in the registry is older than the question' })
    expect(await sctpByNode(fleet, { ...agents, offersSctp: () => Promise.reject(new Error('the pod is gone')) })).toEqual({ node1: 'not known: the pod is gone' })
  })
})

describe('settling', () => {
  test('ends when every allowed attempt was delivered twice', async () => {
    const { fleet, agents } = simulated()
    expect(await settleRoutes(fleet, agents)).toMatchObject({ converged: true, attempts: 2, value: [] })
  })
})

import { describe, expect, it } from 'vitest'
import type { AccessAttempt } from '../../model/access.ts'
import { outcomeOf } from '../../model/drawn.ts'
import type { Rights } from '../../model/rights.ts'
import { attemptsMatrix, placed, rightsMatrix } from './access-matrix.ts'
import { matrixSvg } from './matrix-svg.ts'

const attempt = (over: Partial<AccessAttempt>): AccessAttempt => ({
  id: `${over.row ?? 'A1'} ${over.identity ?? 'staging/default'} ${over.scope ?? 'staging'}`, row: 'A1', group: 'A', identity: 'staging/default', scope: 'staging', form: 'review',
  intended: 'deny', verdict: 'forbidden', control: 'allowed', reason: 'get secrets', ...over,
})
const rows = [{ id: 'A1', title: 'read Secrets', why: 'they are secret' }, { id: 'B1', title: 'write any role', why: 'rights' }]

describe('the access matrix', () => {
  it.each([
    ['a refusal beside a canary that succeeded', {}, 'closed'],
    ['a refusal beside a canary that did not', { control: 'forbidden' }, 'indeterminate'],
    ['a refusal of what a job needs', { intended: 'allow' }, 'violated'],
    ['what should be refused and was not', { verdict: 'allowed' }, 'violated'],
    ['what a job needs', { intended: 'allow', verdict: 'allowed' }, 'open'],
    ['no answer', { verdict: 'error' }, 'indeterminate'],
    ['a not-found', { verdict: 'not-found' }, 'indeterminate'],
    ['what was not tried', { verdict: 'not-run' }, 'indeterminate'],
    ['what this cluster has nothing of', { verdict: 'not-applicable' }, 'none'],
  ] as const)('%s', (_, over, outcome) => {
    expect(outcomeOf(attempt(over))).toBe(outcome)
  })

  it('has identities as rows by environment and rows of the catalogue as columns by group, and draws the worst of several attempts', () => {
    const matrix = attemptsMatrix({ rows, cells: [
      attempt({}), attempt({ scope: 'kube-system', verdict: 'allowed' }), attempt({ row: 'B1', group: 'B' }),
      attempt({ identity: 'canary A1', intended: 'allow', verdict: 'allowed' }), attempt({ identity: 'canary A1 by verb *', intended: 'allow', verdict: 'forbidden' }),
      attempt({ identity: 'plumbline:staging:viewer' }), attempt({ identity: 'nobody', verdict: 'not-applicable' }),
    ] })
    expect(matrix.rows).toEqual(['default', 'viewer', 'of each row', 'nobody'])
    expect(matrix.rowGroups.map(({ label, length }) => [label, length])).toEqual([['staging', 2], ['canaries', 1], ['everybody', 1]])
    expect(matrix.columnGroups.map(({ label }) => label)).toEqual(['A', 'B'])
    expect(matrix.marks.map(({ row, column, look }) => [row, column, look])).toEqual([[0, 0, 'violated'], [0, 1, 'closed'], [2, 0, 'violated'], [1, 0, 'closed']])
    expect(matrix.marks[0]?.title).toBe('staging/default, A1: read Secrets\nviolated: kube-system, review, meant to deny, allowed, canary allowed\nclosed: staging, review, meant to deny, forbidden, canary allowed')
    expect(matrixSvg(matrix, 't').match(/<use /g)).toHaveLength(4)
  })
})

describe('the drawing of effective rights', () => {
  const rights: Rights = {
    identities: [{ name: 'plumbline:staging:deployer', group: 'staging' }, { name: 'ingress/traefik', group: 'ingress' }],
    abilities: [{ id: 'secrets', title: 'have Secrets', group: 'credentials' }, { id: 'nodes', title: 'take nodes', group: 'boundaries' }],
    cells: [
      { identity: 'plumbline:staging:deployer', ability: 'secrets', state: 'reached', where: ['staging'] },
      { identity: 'ingress/traefik', ability: 'secrets', state: 'held', where: ['staging'] },
      { identity: 'ingress/traefik', ability: 'nodes', state: 'beyond', where: ['the cluster'] },
    ],
    findings: [], known: [],
  }

  it('tells directly held, reached, and beyond apart by shape, and leaves out what is not held', () => {
    const matrix = rightsMatrix(rights)
    expect(matrix.marks.map(({ row, column, look }) => [row, column, look])).toEqual([[0, 0, 'reached'], [1, 0, 'open'], [1, 1, 'violated']])
    expect(matrixSvg(matrix, 't').match(/<g id="look-/g)).toHaveLength(3)
  })

  it.each([['plumbline:staging:viewer', 'staging', 'viewer'], ['kube-system/default', 'kube-system', 'default'], ['anonymous', 'everybody', 'anonymous']])('%s stands under %s as %s', (name, group, label) => {
    expect(placed(name)).toEqual({ name, group, label })
  })
})

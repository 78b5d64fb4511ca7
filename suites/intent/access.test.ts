import { describe, expect, test } from 'vitest'
import { foreignness, intendedAccess } from './access.ts'

describe('the intended access', () => {
  test('allows nothing across environments, and nothing to accounts that nobody named', () => {
    const allowed = intendedAccess.filter(({ intended }) => intended === 'allow')
    expect(intendedAccess).toHaveLength(320)
    expect(allowed).toHaveLength(20)
    expect(allowed.every(({ holder, environment }) => holder.environment === environment && holder.profile !== undefined)).toBe(true)
  })

  test('lets a viewer see and a deployer deploy', () => {
    const of = (holder: string) => intendedAccess.filter(({ holder: { name }, intended }) => name === holder && intended === 'allow').map(({ id }) => id)
    expect(of('plumbline:staging:viewer')).toEqual(['plumbline:staging:viewer list pods in staging'])
    expect(of('plumbline:staging:deployer')).toEqual(['plumbline:staging:deployer list pods in staging', 'plumbline:staging:deployer create deployments in staging'])
    expect(of('staging/default')).toEqual([])
  })
})

describe('foreignness', () => {
  test.each([
    [{ kind: 'Group', name: 'plumbline:staging:viewer' }, 'the group plumbline:staging:viewer of another environment'],
    [{ kind: 'ServiceAccount', namespace: 'production', name: 'web' }, 'the service account production/web of another environment'],
    [{ kind: 'User', name: 'system:serviceaccount:staging:default' }, 'the user system:serviceaccount:staging:default of another environment'],
    [{ kind: 'Group', name: 'system:serviceaccounts:system' }, 'the group system:serviceaccounts:system of another environment'],
    [{ kind: 'Group', name: 'system:authenticated' }, 'the group system:authenticated, which is everybody'],
    [{ kind: 'Group', name: 'plumbline:development:viewer' }, undefined],
    [{ kind: 'ServiceAccount', namespace: 'system', name: 'plumbline-verifier' }, undefined],
    [{ kind: 'ServiceAccount', namespace: 'development', name: 'web' }, undefined],
  ])('%j', (subject, why) => {
    expect(foreignness('development', subject)).toBe(why)
  })
})

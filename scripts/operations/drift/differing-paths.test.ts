import { expect, test } from 'vitest'
import { differingPaths, pathText } from './differing-paths.ts'

const texts = (...args: Parameters<typeof differingPaths>) => differingPaths(...args).map(pathText)

test('differences are named down to where they are, and never shown', () => {
  const before = { label: 'a', control_plane: [{ acl: [{ enabled: true, addresses: ['1'] }] }], root_password: 'old', tags: ['x'] }
  const after = { label: 'a', control_plane: [{ acl: [{ enabled: false, addresses: ['1', '2'] }] }], root_password: 'new', tags: ['x', 'y'] }
  expect(texts(before, after)).toEqual(['control_plane[0].acl[0].addresses', 'control_plane[0].acl[0].enabled', 'root_password', 'tags'])
})

test('what is known only after an apply, and what is nothing either way, is no difference', () => {
  expect(texts({ id: '1', firewall_id: 7, ports: null }, { id: '1' }, { firewall_id: true })).toEqual([])
  expect(texts({ pool: [{ id: 1, count: 2 }] }, { pool: [{ id: 2, count: 3 }] }, { pool: [{ id: true }] })).toEqual(['pool[0].count'])
  expect(texts({ a: 1 }, { a: 2 }, true)).toEqual([])
})

test('a list of another length is one difference', () => {
  expect(texts({ inbound: [{ label: 'a' }] }, { inbound: [{ label: 'a' }, { label: 'b' }] })).toEqual(['inbound'])
})

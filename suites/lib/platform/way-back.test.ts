import { expect, test } from 'vitest'
import { returnFaults } from './way-back.ts'

const was = { revision: 3, status: 'superseded', manifests: 'a' }
const changed = { revision: 4, status: 'superseded', manifests: 'b' }
const back = { revision: 5, status: 'deployed', manifests: 'a' }
const release = { name: 'ingress', revision: 4, previous: 3 }

test('a release is back when its newest revision is deployed and has the manifests of the one before the change', () => {
  expect(returnFaults({ ...release, revisions: [was, changed, back] })).toEqual([])
})

test.each([
  ['the revision is not kept', [changed, back], 'expected Helm to keep revision 3 of the release ingress, to which the way back leads, but it does not'],
  ['nothing was done', [was, changed], 'expected the way back to make another revision of the release ingress than 4, but there is none'],
  ['it failed', [was, changed, { ...back, status: 'failed' }], 'expected the release ingress to be deployed after the way back, but it is failed'],
  ['it is another', [was, changed, { ...back, manifests: 'c' }], 'expected the release ingress to be what it was in revision 3, but its manifests are others'],
  ['nothing was changed before', [was, { ...changed, manifests: 'a' }, back], 'expected revision 4 of the release ingress to have other manifests than revision 3, but they are the same'],
])('it is told when %s', (_, revisions, fault) => {
  expect(returnFaults({ ...release, revisions })).toEqual([fault])
})

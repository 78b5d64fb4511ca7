import { describe, expect, test } from 'vitest'
import { policyOf } from './segmentation.ts'

const metadata = { name: 'allow', namespace: 'production' }

describe('a live policy', () => {
  test('is read with its peers, which the client calls by another name', () => {
    const policy = policyOf({ metadata, spec: { podSelector: {}, ingress: [{ _from: [{ namespaceSelector: { matchLabels: { team: 'a' } } }], ports: [{ port: 'http' }] }], policyTypes: ['Ingress'] } })
    expect(policy).toEqual({
      id: 'allow@production', namespace: 'production', podSelector: { matchLabels: {}, matchExpressions: [] }, directions: ['Ingress'],
      rules: { Ingress: [{ peers: [{ namespaceSelector: { matchLabels: { team: 'a' }, matchExpressions: [] } }], ports: [{ protocol: 'TCP', port: 'http', endPort: undefined }] }], Egress: [] },
    })
  })

  test('that is not understood is said to be so, by name', () => {
    expect(() => policyOf({ metadata, spec: { podSelector: {}, policyTypes: ['Sideways'] } }))
      .toThrow('expected the network policy allow@production to be of a kind that the computed table knows, but spec.policyTypes.0')
  })
})

import { expect, test } from '../lib/case.ts'

test(
  'no pod of an environment reaches a pod of another, by address, by any name or by a port of its node, over TCP or UDP, whatever labels it wears',
  { tags: ['SC-004', 'FR-009', 'FR-001', 'US-003.1'] },
  async ({ traffic, evidence }) => {
    const crossing = await traffic.slice('crossEnvironment')
    evidence.reachability('attempts from each environment at the pods of every other', crossing)

    expect(crossing.cells).toBeDenied()
  },
)

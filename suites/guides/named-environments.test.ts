import { environmentLabel, environmentNames } from '../intent/environments.ts'
import { expect, test } from '../lib/case.ts'
import { tableOf } from '../lib/guides/tables.ts'
import { readNamespaces } from '../lib/platform/environments.ts'

const pages = ['teams/access.md', 'teams/handoff.md'] as const

test(
  'the access guide and the handoff guide list the environments of the cluster by name, all of them and no others',
  { tags: ['SC-001'] },
  async ({ guides, platform, evidence }) => {
    const listed = await Promise.all(pages.map(async (page) => ({ page, rows: tableOf(await guides.text(page), ['environment', 'namespace']) })))
    const live = (await readNamespaces(platform)).filter(({ labels, ofVerifier }) => labels[environmentLabel] !== undefined && !ofVerifier)
    evidence.observe('environments as the guides list them, and as the cluster has them', { listed, live, intent: environmentNames })

    expect(listed.flatMap(({ page, rows }) => {
      const names = rows.map(({ environment }) => environment ?? '')
      const said = rows.map(({ environment, namespace }) => `${environment ?? ''} in ${namespace ?? ''}`).sort()
      const there = live.map(({ name, labels }) => `${labels[environmentLabel] ?? ''} in ${name}`).sort()
      return [
        ...environmentNames.filter((name) => !names.includes(name)).map((name) => `expected docs/${page} to list the environment ${name}, but it lists ${names.join(', ') || 'none'}`),
        ...said.filter((one) => !there.includes(one)).map((one) => `expected the cluster to have the environment ${one}, as docs/${page} says, but it has ${there.join(', ')}`),
        ...there.filter((one) => !said.includes(one)).map((one) => `expected docs/${page} to list the environment ${one} of the cluster, but it does not`),
      ]
    })).toBeFaultless()
  },
)

import { accessProfiles, environmentNames, groupOf } from '../intent/environments.ts'
import { expect, test } from '../lib/case.ts'
import { readBindings } from '../lib/platform/environments.ts'

test(
  'every environment binds its own group to each access profile',
  { tags: ['FR-001', 'US-001.1'] },
  async ({ platform, evidence }) => {
    const environments = await Promise.all(environmentNames.map(async (environment) => ({ environment, bindings: await readBindings(platform, environment) })))
    evidence.observe('role bindings of the environments', environments)

    expect(environments.flatMap(({ environment, bindings }) => accessProfiles
      .map((profile) => groupOf(environment, profile))
      .filter((group) => !bindings.some(({ subjects }) => subjects.some(({ kind, name }) => kind === 'Group' && name === group)))
      .map((group) => `expected a role binding in ${environment} for the group ${group}, but none of its ${bindings.length} role bindings names it`))).toBeFaultless()
  },
)

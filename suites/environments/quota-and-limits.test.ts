import { boundedResources, defaultedResources, environmentNames } from '../intent/environments.ts'
import { expect, test } from '../lib/case.ts'
import { readLimits, readQuotas } from '../lib/platform/environments.ts'

test(
  'every environment bounds what it may use, and gives a container that asks for nothing a request and a limit',
  { tags: ['FR-001'] },
  async ({ platform, evidence }) => {
    const environments = await Promise.all(environmentNames.map(async (environment) => ({
      environment, quotas: await readQuotas(platform, environment), limits: await readLimits(platform, environment),
    })))
    evidence.observe('quotas and limit ranges of the environments', environments)

    expect(environments.flatMap(({ environment, quotas, limits }) => {
      const unbounded = boundedResources.filter((resource) => !quotas.some(({ hard }) => hard[resource] !== undefined))
      const undefaulted = defaultedResources.filter((resource) => !limits.some(({ type, defaults, defaultRequests }) =>
        type === 'Container' && defaults[resource] !== undefined && defaultRequests[resource] !== undefined))
      return [
        ...unbounded.map((resource) => `expected a quota in ${environment} to bound ${resource}, but none of its ${quotas.length} quotas does`),
        ...undefaulted.map((resource) => `expected a limit range in ${environment} to give containers a default request and limit of ${resource}, but none does`),
      ]
    })).toBeFaultless()
  },
)

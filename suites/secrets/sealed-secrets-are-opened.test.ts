import { environmentNames } from '../intent/environments.ts'
import { baselineNames } from '../intent/secrets.ts'
import { expect, test } from '../lib/case.ts'
import { readSealedSecrets } from '../lib/platform/secrets.ts'

test(
  'the baseline secrets of every environment lie there as SealedSecrets, and the controller has opened each in its newest form',
  { tags: ['FR-005', 'SC-005', 'US-003.2'] },
  async ({ platform, evidence }) => {
    const environments = await Promise.all(environmentNames.map(async (environment) => ({ environment, sealed: await readSealedSecrets(platform, environment) })))
    evidence.observe('SealedSecrets of the environments, with what the controller says of each', environments.map(({ environment, sealed }) =>
      ({ environment, sealed: sealed.map(({ name, version, keys, opened, message }) => ({ name, version, keys, opened, message })) })))

    expect(environments.flatMap(({ environment, sealed }) => baselineNames.flatMap((name) => {
      const found = sealed.find((one) => one.name === name)
      if (found === undefined) return [`expected a SealedSecret ${name} in ${environment}, but there is none; run "plumbline secrets bootstrap"`]
      return found.opened ? [] : [`expected the controller to have opened ${environment}/${name}, but it says: ${found.message}; run "plumbline secrets bootstrap"`]
    }))).toBeFaultless()
  },
)

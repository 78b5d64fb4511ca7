import { environmentNames } from '../intent/environments.ts'
import { baselineNames, leastEntropyBits } from '../intent/secrets.ts'
import { expect, test } from '../lib/case.ts'
import { currentVersions, readSecretStore } from '../lib/platform/secret-store.ts'
import { readSealedSecrets } from '../lib/platform/secrets.ts'

test(
  'every baseline secret has an owner, its consumers, a period that is not over and a stated entropy, is delivered in its newest version, and shares no value with another environment',
  { tags: ['FR-005', 'US-003.2'] },
  async ({ platform, evidence }) => {
    const objects = await readSecretStore(platform)
    const rows = await Promise.all(environmentNames.map(async (environment) => {
      const stored = currentVersions(objects, platform.namespaceOf(environment))
      const sealed = await readSealedSecrets(platform, environment)
      return baselineNames.map((name) => ({ id: `${environment}/${name}`, environment, stored: stored.get(name), delivered: sealed.find((one) => one.name === name)?.version }))
    }))
    const secrets = rows.flat()
    evidence.observe('what the store says about the newest version of each baseline secret, and the version that lies in the cluster', secrets)

    const now = Date.now()
    expect(secrets.flatMap(({ id, stored, delivered }) => {
      if (stored === undefined) return [`expected the store to know a version of ${id} that is in use, but it knows none; run "plumbline secrets bootstrap"`]
      const age = (now - Date.parse(stored.createdAt)) / (24 * 3600 * 1000)
      return [
        ...(stored.entropyBits ?? 0) < leastEntropyBits ? [`expected ${id} to be generated with at least ${leastEntropyBits} bits, but the store states ${stored.entropyBits ?? 'none'}`] : [],
        ...age > stored.periodDays ? [`expected ${id} to be rotated every ${stored.periodDays} days, but its value is ${Math.floor(age)} days old; run "plumbline secrets rotate ${id.replace('/', ' ')}"`] : [],
        ...delivered === stored.version ? [] : [`expected ${id} to be delivered in version ${stored.version}, but ${delivered ?? 'none'} is there; run "plumbline secrets bootstrap"`],
      ]
    })).toBeFaultless()
    const prints = secrets.flatMap(({ id, environment, stored }) => Object.entries(stored?.fingerprints ?? {}).map(([key, print]) => ({ id, environment, key, print })))
    expect(prints.flatMap((one, index) => prints.slice(index + 1).filter((other) => other.print === one.print && other.environment !== one.environment).map((other) =>
      `expected every environment to have values of its own, but ${one.id} ${one.key} and ${other.id} ${other.key} are the same; rotate both`))).toBeFaultless()
  },
)

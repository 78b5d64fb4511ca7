import { holders } from '../intent/access.ts'
import { environmentNames } from '../intent/environments.ts'
import { baselineNames, leastPerEnvironment } from '../intent/secrets.ts'
import { expect, test } from '../lib/case.ts'
import { readSealedSecrets, secretsSeenBy } from '../lib/platform/secrets.ts'

test(
  'an administrator of each environment finds its baseline secrets there as they were delivered, and no other holder is shown any',
  { tags: ['SC-005', 'US-003.2'] },
  async ({ platform, evidence }) => {
    const environments = await Promise.all(environmentNames.map(async (environment) => {
      const sealed = await readSealedSecrets(platform, environment)
      const seen = await Promise.all(holders.map(async (holder) => ({ holder, ...await secretsSeenBy(platform, holder, environment) })))
      const admin = seen.find(({ holder }) => holder.environment === environment && holder.profile === 'environment-admin')
      if (admin === undefined) throw new TypeError(`the intent names no administrator of ${environment}`)
      return { environment, sealed, admin, others: seen.filter((one) => one !== admin) }
    }))
    evidence.observe('what each holder was answered who asked for the Secrets of each environment; contents were not asked for', environments.map(({ environment, admin, others }) =>
      ({ environment, administrator: admin.attempt, secrets: admin.secrets, others: others.map(({ attempt }) => attempt) })))

    expect(environments.flatMap(({ environment, sealed, admin }) => {
      if (admin.attempt.verdict === 'forbidden') return [`expected an administrator of ${environment} to be shown its secrets, but the answer was ${admin.attempt.status} ${admin.attempt.message}`]
      const present = baselineNames.filter((name) => admin.secrets.some((one) => one.name === name && one.version !== undefined && sealed.some(({ uid, version }) => uid === one.sealedBy && version === one.version)))
      return present.length === baselineNames.length && present.length >= leastPerEnvironment
        ? []
        : [`expected an administrator of ${environment} to find ${baselineNames.join(', ')} as they were sealed, but found ${present.join(', ') || 'none'}; run "plumbline secrets bootstrap"`]
    })).toBeFaultless()
    for (const { admin, others } of environments) {
      for (const { attempt } of others) expect(attempt).toBeDenied({ control: admin.attempt })
    }
  },
)

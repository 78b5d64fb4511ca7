import { environmentNames } from '../intent/environments.ts'
import { canary } from '../intent/hosts.ts'
import { baselineNames } from '../intent/secrets.ts'
import { expect, test } from '../lib/case.ts'
import { tableOf } from '../lib/guides/tables.ts'
import { readHandedOver } from '../lib/platform/handed-over.ts'
import { readSealedSecrets } from '../lib/platform/secrets.ts'

const page = 'teams/handoff.md'

test(
  'names, endpoints and prerequisites in the handoff guide are those of the platform, in every environment',
  { tags: ['FR-004'] },
  async ({ guides, platform, evidence }) => {
    const text = await guides.text(page)
    const rows = tableOf(text, ['environment', 'namespace'])
    const given = tableOf(text, ['in every environment', 'name']).map((row) => `${row['in every environment'] ?? ''} ${row['name'] ?? ''}`)
    const live = await Promise.all(environmentNames.map(async (environment) => {
      const [handedOver, sealed] = [await readHandedOver(platform, environment), await readSealedSecrets(platform, environment)]
      return { ...handedOver, objects: [...handedOver.objects, ...sealed.filter(({ opened }) => opened).map(({ name }) => `Secret ${name}`)] }
    }))
    evidence.observe('what the guide says is handed over, and what is there', { rows, given, live })

    expect(live.flatMap(({ environment, namespace, dataStore, hosts, objects }) => {
      const row = rows.find((one) => one['environment'] === environment)
      if (row === undefined) return [`expected docs/${page} to have a row for ${environment}, but it has none`]
      const host = (row['service host'] ?? '').replace('https://', '').replace('<service>', canary)
      return [
        ...(row['namespace'] === namespace ? [] : [`expected docs/${page} to name the namespace ${namespace} of ${environment}, but it says ${row['namespace'] ?? ''}`]),
        ...(row['data store'] === dataStore ? [] : [`expected docs/${page} to name the data store of ${environment} as ${dataStore}, but it says ${row['data store'] ?? ''}`]),
        ...(hosts.includes(host) ? [] : [`expected a service of ${environment} to answer at ${host}, as docs/${page} says, but ${canary} is at ${hosts.join(', ') || 'no host'}`]),
        ...given.filter((one) => !objects.includes(one)).map((one) => `expected ${environment} to hold the ${one}, as docs/${page} says, but it does not`),
      ]
    })).toBeFaultless()
    expect(baselineNames.filter((name) => !given.includes(`Secret ${name}`)).map((name) => `expected docs/${page} to name the Secret ${name}, which every environment is given, but it does not`)).toBeFaultless()
  },
)

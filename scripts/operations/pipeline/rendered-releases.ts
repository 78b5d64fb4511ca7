import { join } from 'node:path'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { settleAll } from './concurrency.ts'
import type { Helm } from './helm.ts'
import { environmentNames } from './platform-schema.ts'
import type { Platform } from './platform-schema.ts'
import { objectsOf } from './release-drift.ts'
import { valuesOf } from './release-values.ts'
import type { ValueSources } from './release-values.ts'
import type { ReleaseList } from './releases-file.ts'

const width = 4
const charts = join(repository, 'terraform/charts')

/** Every object of every release of a list, as Helm would apply it. Rejects with the first rendering that failed. */
export async function renderedObjects(list: ReleaseList, sources: ValueSources, { render }: Pick<Helm, 'render'>): Promise<unknown[]> {
  const releases = list.stages.flatMap((stage) => stage.releases)
  const rendered = await settleAll(releases, width, async (release) => render(release.name, join(charts, release.chart), valuesOf(release, sources)))
  return rendered.flatMap((result) => {
    if (result.status === 'rejected') throw result.reason
    return objectsOf(result.value.manifest)
  })
}

/** An address that is nobody's (RFC 5737). */
const stand = { host: '192.0.2.10', addresses: ['192.0.2.10'], port: 443 }

/** Of the form of a certificate, which the charts ask for; the true one is known after the secrets' bootstrap. */
export const standInAuthority = '-----BEGIN CERTIFICATE-----\nstands in until the secrets are bootstrapped\n-----END CERTIFICATE-----\n'

/**
 * Value sources as far as the platform file knows them; what only an apply tells has stand-ins. Good for judging manifests before there is a
 * platform: they are judged once more, with the true values, before Helm applies any.
 */
export function expectedSources(platform: Platform, { approval, endpoints }: Pick<ValueSources, 'approval' | 'endpoints'>): ValueSources {
  const bucket = { region: platform.region, endpoint: `https://${stand.host}` }
  const key = { access_key: '', secret_key: '' }
  const { name, region, tier, kubernetesVersion, state, audit, secrets, environments } = platform
  return {
    platform,
    approval,
    endpoints,
    authority: standInAuthority,
    dataStore: stand,
    controlPlane: { addresses: stand.addresses, port: stand.port },
    outputs: {
      cluster: { id: '0', label: name, region, tier, kubernetes_version: kubernetesVersion, api_endpoints: [`https://${stand.host}`], status: 'planned' },
      kubeconfig: 'e30=',
      environments: Object.fromEntries(environmentNames.map((each) => [each, { namespace: each, purpose: environments[each].pool }])),
      pools: {},
      firewall: { id: '0', label: name },
      state: { ...bucket, bucket: state.bucket, key: 'platform/terraform.tfstate', keep_versions: state.keepVersions },
      audit: { ...bucket, bucket: audit.bucket, retention_days: audit.retentionDays },
      secrets: { ...bucket, bucket: secrets.bucket },
      object_storage_key: key,
      audit_reader_key: key,
      database: { id: '0', host: stand.host, port: stand.port, engine: 'postgresql', ca_certificate: '' },
      database_admin: { username: '', password: '' },
    },
  }
}

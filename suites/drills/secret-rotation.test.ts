import { drills } from '../intent/drills.ts'
import { canary, hostOf } from '../intent/hosts.ts'
import { loadProfiles } from '../intent/load.ts'
import { expect, test, type Run } from '../lib/case.ts'
import type { Drill } from '../lib/drills/drill.ts'
import { faultsOfDrill, undecidedInDrill } from '../lib/drills/judge.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { faultsAmong, judgeLogin, refusals, type LoginFinding } from '../lib/login.ts'
import { copiesLeft, documentsIn } from '../lib/platform/copies.ts'
import { readIngress } from '../lib/platform/ingress.ts'
import { readKeptTexts } from '../lib/platform/kept-texts.ts'
import type { DataStoreLogin, Platform } from '../lib/platform/platform.ts'
import { secretValues } from '../lib/platform/secrets.ts'
import { dataStoreProbes } from '../lib/probes/data-store.ts'
import { loadCharts } from '../lib/probes/load-result.ts'
import { loadUnderWay, type LoadUnderWay } from '../lib/probes/load-under-way.ts'
import { ownNamespace, type OwnPlace } from '../lib/probes/own-namespace.ts'
import { visitStores, type Visit } from '../lib/probes/visits.ts'
import { takeUpStored } from '../lib/stored-offer.ts'
import { refuseUndecided } from '../lib/undecided.ts'

/** The environment whose password is rotated: the one where this disturbs least. */
const environment = 'development'
const profile = loadProfiles.rotation
/** What a value that is used no more could have been copied into. */
const searched = 'kubectl get secrets,configmaps,sealedsecrets,pods,replicasets,deployments,daemonsets,events --all-namespaces --output json'

test(
  'a password is rotated by the guide while its service is under load: no request fails, the new one is used, the old one is refused by the data store, and no copy of it is left',
  { tags: ['US-003.3', 'FR-005'], meta: { profile: 'gameday' } },
  async ({ platform, traffic, run, redactor, drill, provided, evidence }) => {
    const faults: string[] = []
    const findings: LoginFinding[] = []
    const log = await drill.run(drills.secretRotation, async (d) => {
      const inUse = () => loginInUse(d, platform, (login) => redactor.add({ name: `password of ${login.username}`, value: login.password }))
      const dataStore = await dataStoreProbes({ platform, traffic })
      const old = await inUse()
      const tryOld = async () => await dataStore.from(environment, [{ as: old }])
      const control = await tryOld()
      const before = await visit({ platform, run })
      if (before.row?.user !== old.username) throw new IndeterminateError(`expected the service of ${environment} to work as ${old.username} before the rotation, but ${before.detail}`)

      const load = await d.step('a load is put on the service', { counts: false }, () => loadOn({ platform, run }))
      await d.follow({ ENVIRONMENT: environment }, { variables: { ENVIRONMENT: environment } }).finally(() => takeUpStored(provided.stored, redactor))
      await load.still('the rotation was over')
      const after = await visit({ platform, run })
      const fresh = await inUse()
      const afterwards = await tryOld()
      const result = await d.step('the load ends', { counts: false }, () => load.result)
      const { output } = await d.command('every object of the cluster is searched for the old password', { counts: false }, searched)
      const documents = [...documentsIn(output), ...await readKeptTexts(platform.secrets, `${platform.namespaceOf(environment)}/data-store/`)]

      d.observe('the load, the login of the service before and after, and the old login at the data store', { load: result, before, after, fresh: fresh.username, control, afterwards, searched: documents.length })
      for (const chart of loadCharts(profile, new Map([[environment, result]]))) evidence.chart(chart)
      faults.push(...result.missed, ...notRenewed({ old, fresh, after }))
      findings.push(...afterwards.map((one) => judgeLogin(one, { end: 'forbidden', codes: [...refusals.address, ...refusals.password] }, control[0])))
      // With one and the same value there is nothing to look for.
      if (old.password !== fresh.password) faults.push(...copiesLeft(documents, { old: { name: 'password before the rotation', value: old.password }, current: { name: 'password after the rotation', value: fresh.password } }))
    })

    expect(faultsOfDrill(log)).toBeFaultless()
    expect(faults).toBeFaultless()
    expect(faultsAmong(findings)).toBeFaultless()
    refuseUndecided(undecidedInDrill(log))
  },
)

/** As it is now: the run was told what was in use when it began. The password is told to `known` before anything else sees it. */
async function loginInUse({ command }: Drill, platform: Platform, known: (login: DataStoreLogin) => void): Promise<DataStoreLogin> {
  const { output } = await command('the login in use is looked up', { counts: false }, `kubectl --namespace ${platform.namespaceOf(environment)} get secret data-store --output json`)
  const { username, password, database } = secretValues(output)
  if (username === undefined || password === undefined || database === undefined) throw new IndeterminateError(`expected the Secret ${environment}/data-store to hold username, password and database, but it does not`)
  known({ username, password, database })
  return { username, password, database }
}

async function visit(world: OwnPlace & { platform: Platform }): Promise<Visit> {
  const [found] = await visitStores(world, [environment])
  return found ?? { environment, detail: 'nobody asked' }
}

async function loadOn({ platform, run }: { platform: Platform, run: Run }): Promise<LoadUnderWay> {
  const ingress = await readIngress(platform)
  const host = hostOf(canary, environment, ingress.domain)
  const namespace = await ownNamespace({ platform, run }, 'load')
  return await loadUnderWay({ platform, run, profile, namespace, name: 'rotation', target: { urls: [`https://${host}/`, `https://${host}/store`], hosts: { [host]: ingress.address }, authority: ingress.authority } })
}

function notRenewed({ old, fresh, after }: { old: DataStoreLogin, fresh: DataStoreLogin, after: Visit }): string[] {
  const used = after.row?.user
  return [
    ...old.username === fresh.username || old.password === fresh.password ? [`expected the Secret ${environment}/data-store to hold another login with another password after the rotation, but it holds ${fresh.username} as before`] : [],
    ...used === undefined ? [`expected the service of ${environment} to work with its data store after the rotation, but ${after.detail}`] : [],
    ...used === undefined || used !== old.username ? [] : [`expected the service of ${environment} to work with its new login after the rotation, but it works as ${old.username} as before`],
  ]
}

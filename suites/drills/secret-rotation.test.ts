import { drills } from '../intent/drills.ts'
import { canary, hostOf } from '../intent/hosts.ts'
import { loadProfiles } from '../intent/load.ts'
import { expect, test } from '../lib/case.ts'
import { faultsOfDrill, undecidedInDrill } from '../lib/drills/judge.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { faultsAmong, judgeLogin, refusals, type LoginFinding } from '../lib/login.ts'
import { copiesLeft, documentsIn } from '../lib/platform/copies.ts'
import { readIngress } from '../lib/platform/ingress.ts'
import { readKeptTexts } from '../lib/platform/kept-texts.ts'
import { secretValues } from '../lib/platform/secrets.ts'
import { dataStoreProbes } from '../lib/probes/data-store.ts'
import { loadCharts } from '../lib/probes/load-result.ts'
import { loadUnderWay } from '../lib/probes/load-under-way.ts'
import { ownNamespace } from '../lib/probes/own-namespace.ts'
import { visitStores } from '../lib/probes/visits.ts'
import { refuseUndecided } from '../lib/undecided.ts'

/** The environment whose password is rotated: the one where this disturbs least. */
const environment = 'development'
const profile = loadProfiles.rotation
/** What a value that is used no more could have been copied into. */
const searched = 'kubectl get secrets,configmaps,sealedsecrets,pods,replicasets,deployments,daemonsets,events --all-namespaces --output json'

test(
  'a password is rotated by the guide while its service is under load: no request fails, the new one is used, the old one is refused by the data store, and no copy of it is left',
  { tags: ['US-003.3', 'FR-005'], meta: { profile: 'gameday' } },
  async ({ platform, traffic, run, redactor, drill, evidence }) => {
    const faults: string[] = []
    const findings: LoginFinding[] = []
    const log = await drill.run(drills.secretRotation, async ({ command, step, follow, observe }) => {
      // As it is now: the run was told what was in use when it began.
      const inUse = async () => {
        const { username = '', password = '', database = '' } = secretValues((await command('the login in use is looked up', { counts: false }, `kubectl --namespace ${platform.namespaceOf(environment)} get secret data-store --output json`)).output)
        redactor.add({ name: `password of ${username}`, value: password })
        return { username, password, database }
      }
      const dataStore = await dataStoreProbes({ platform, traffic })
      const old = await inUse()
      const [control] = await dataStore.from(environment, [{ as: old }])
      const [before] = await visitStores({ platform, run }, [environment])
      if (before?.row?.user !== old.username) throw new IndeterminateError(`expected the service of ${environment} to work as ${old.username} before the rotation, but ${before?.detail ?? 'nobody asked'}`)

      const ingress = await readIngress(platform)
      const host = hostOf(canary, environment, ingress.domain)
      const load = await step('a load is put on the service', { counts: false }, async () => await loadUnderWay({
        platform, run, profile, namespace: await ownNamespace({ platform, run }, 'load'), name: 'rotation',
        target: { urls: [`https://${host}/`, `https://${host}/store`], hosts: { [host]: ingress.address }, authority: ingress.authority },
      }))
      await follow({ ENVIRONMENT: environment }, { variables: { ENVIRONMENT: environment } })
      await load.still('the rotation was over')
      const [after] = await visitStores({ platform, run }, [environment])
      const fresh = await inUse()
      const [afterwards] = await dataStore.from(environment, [{ as: old }])
      const result = await step('the load ends', { counts: false }, () => load.result)
      const copies = await command('every object of the cluster is searched for the old password', { counts: false }, searched)
      const documents = [...documentsIn(copies.output), ...await readKeptTexts(platform.secrets, `${platform.namespaceOf(environment)}/data-store/`)]
      const left = copiesLeft(documents, { old: { name: 'password before the rotation', value: old.password }, current: { name: 'password after the rotation', value: fresh.password } })

      observe('the load, the login of the service before and after, and the old login at the data store', { load: result, before: before.row.user, after: after?.row?.user ?? after?.detail ?? null, control, afterwards, searched: documents.length })
      for (const chart of loadCharts(profile, new Map([[environment, result]]))) evidence.chart(chart)
      faults.push(
        ...result.missed,
        ...after?.row?.user === fresh.username && fresh.username !== old.username && fresh.password !== old.password
          ? []
          : [`expected the service of ${environment} to work with a new login after the rotation, but the Secret names ${fresh.username} and ${after?.row === undefined ? after?.detail ?? 'nobody asked' : `it works as ${after.row.user}`}; before it was ${old.username}`],
        ...left,
      )
      findings.push(...afterwards === undefined ? [] : [judgeLogin(afterwards, { end: 'forbidden', codes: [...refusals.address, ...refusals.password] }, control)])
    })

    expect(faultsOfDrill(log)).toBeFaultless()
    expect(faults).toBeFaultless()
    expect(faultsAmong(findings)).toBeFaultless()
    refuseUndecided(undecidedInDrill(log))
  },
)

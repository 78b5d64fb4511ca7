import { randomUUID } from 'node:crypto'
import { environmentNames } from '../intent/environments.ts'
import { canary, hostOf } from '../intent/hosts.ts'
import { expect, test } from '../lib/case.ts'
import { faultsIn, judgeHost, judgePlain } from '../lib/hosts.ts'
import { readIngress } from '../lib/platform/ingress.ts'
import { clientIn } from '../lib/probes/https-client.ts'
import { callFrom } from '../lib/probes/https.ts'

/** Often enough that a second claim of the host, served now and then, is met. */
const rounds = 8

test(
  'the host of each environment answers over verified TLS alone, from that environment\'s service and never another\'s',
  { tags: ['FR-001', 'FR-009'] },
  async ({ platform, run, evidence }) => {
    const [ingress, client] = await Promise.all([readIngress(platform), clientIn({ platform, run }, 'outside')])
    const asked = environmentNames.flatMap((environment) => {
      const host = hostOf(canary, environment, ingress.domain)
      const secure = Array.from({ length: rounds }, (_, round) => `https://${host}${round % 2 === 0 ? '/' : `/echo/${randomUUID()}`}`)
      return [...secure, `http://${host}/`].map((url) => ({ environment, url }))
    })
    const results = await callFrom(platform, client, ingress, asked.map(({ url }, index) => ({ id: String(index), url })))
    const seen = results.map((result, index) => ({ environment: asked[index]?.environment ?? '', result }))
    evidence.observe('calls from inside the cluster to the host of each environment, trusting the platform\'s authority alone', { address: ingress.address, seen })

    expect(faultsIn(seen.map(({ environment, result }) => result.url.startsWith('https:') ? judgeHost(environment, result) : judgePlain(result)))).toBeFaultless()
  },
)

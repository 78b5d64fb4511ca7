import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { tool } from '../../../fixtures/sandbox/toolchain/tools.ts'
import { plainEnvironment, run } from '../pipeline/children.ts'
import { until } from '../pipeline/waiting.ts'
import type { BaselineSecret } from './inventory.ts'

/** Where charts/secrets puts the controller. */
export const controller = { namespace: 'sealed-secrets', name: 'sealed-secrets' } as const

const sealedSchema = z.object({ spec: z.looseObject({ encryptedData: z.record(z.string(), z.string()) }) })

/** The marks that a delivered Secret and its SealedSecret carry. */
export const marks = { version: 'plumbline.dev/secret-version', owner: 'plumbline.dev/owner' } as const

export interface Sealer {
  /** A SealedSecret that opens under this namespace and name only. */
  seal(secret: BaselineSecret, version: string, values: Readonly<Record<string, string>>): Promise<Record<string, unknown>>
}

/**
 * Fetches the controller's certificate through the API server, as soon as the controller answers, and seals on this machine from then on.
 * The folder takes the certificate, which is no secret; values go to kubeseal by standard input and come back as ciphertext.
 */
export async function sealerOf(kubeconfig: string, folder: string, signal?: AbortSignal): Promise<Sealer> {
  const kubeseal = await tool('kubeseal')
  const certificate = join(folder, 'sealing-certificate.pem')
  const where = ['--controller-namespace', controller.namespace, '--controller-name', controller.name]
  await until(async () => {
    const { code, stdout, stderr } = await run(kubeseal, ['--fetch-cert', ...where], { env: { ...plainEnvironment(), KUBECONFIG: kubeconfig }, signal, answers: [1] })
    if (code !== 0 || !stdout.includes('BEGIN CERTIFICATE')) return `the sealed-secrets controller gave no certificate (${stderr.trim().split('\n')[0] ?? ''})`
    await writeFile(certificate, stdout, { mode: 0o600 })
    return undefined
  }, { seconds: 90, signal })
  return {
    async seal(secret, version, values) {
      const plain = plainSecret(secret, version, values)
      // No kubeconfig: sealing must not need the cluster.
      const { stdout } = await run(kubeseal, ['--cert', certificate, '--scope', 'strict', '--format', 'json'], { env: plainEnvironment(), input: JSON.stringify(plain), signal })
      const { metadata } = plain
      return { apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', metadata, spec: sealedSchema.parse(JSON.parse(stdout)).spec }
    },
  }
}

function plainSecret({ namespace, name, type, owner }: BaselineSecret, version: string, values: Readonly<Record<string, string>>) {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type,
    metadata: {
      namespace,
      name,
      labels: { 'app.kubernetes.io/part-of': 'plumbline', 'app.kubernetes.io/managed-by': 'plumbline-secrets' },
      annotations: { [marks.version]: version, [marks.owner]: owner },
    },
    data: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')])),
  }
}

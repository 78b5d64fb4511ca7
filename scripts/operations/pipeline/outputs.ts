import { isIP } from 'node:net'
import { z } from 'zod'
import { CommandFailure } from '../../console/failure.ts'
import { exitCodes } from '../../../reports/model/verdict.ts'

const id = z.union([z.string(), z.number()]).transform(String)
const named = { id, label: z.string() }

/**
 * What `terraform output -json` of the platform says: the only way in which anything learns where things are. Extra outputs and extra
 * fields pass through unread.
 */
export const outputsSchema = z.looseObject({
  cluster: z.object({
    ...named,
    region: z.string(),
    tier: z.enum(['standard', 'enterprise']),
    kubernetes_version: z.string(),
    api_endpoints: z.array(z.string()),
    status: z.string(),
  }),
  /** YAML in base64, as Linode gives it. */
  kubeconfig: z.string().min(1),
  environments: z.record(z.string(), z.object({ namespace: z.string(), purpose: z.string() })),
  /** By purpose. */
  pools: z.record(z.string(), z.object({ id, type: z.string(), count: z.int() })),
  firewall: z.object(named),
  state: z.object({ bucket: z.string(), region: z.string(), endpoint: z.string(), key: z.string(), keep_versions: z.int() }),
  audit: z.object({ bucket: z.string(), region: z.string(), endpoint: z.string(), retention_days: z.int() }),
  secrets: z.object({ bucket: z.string(), region: z.string(), endpoint: z.string() }),
  object_storage_key: z.object({ access_key: z.string(), secret_key: z.string() }),
  audit_reader_key: z.object({ access_key: z.string(), secret_key: z.string() }),
  /** `ca_certificate` is PEM in base64. */
  database: z.object({ id, host: z.string(), port: z.int(), engine: z.string(), ca_certificate: z.string() }),
  database_admin: z.object({ username: z.string(), password: z.string() }),
})
export type Outputs = z.infer<typeof outputsSchema>

const wireSchema = z.record(z.string(), z.object({ value: z.unknown() }))

/** Reads the text that `terraform output -json` printed. Throws a CommandFailure that names the first output that is missing or misshapen. */
export function parseOutputs(text: string): Outputs {
  const wire = wireSchema.parse(JSON.parse(text))
  const values = Object.fromEntries(Object.entries(wire).map(([name, { value }]) => [name, value]))
  if (Object.keys(values).length === 0) {
    throw new CommandFailure('The Terraform state has no outputs: nothing is provisioned yet. Run `npx plumbline provision`.', exitCodes.usage)
  }
  const parsed = outputsSchema.safeParse(values)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  // The path alone: an output's value may be secret.
  throw new CommandFailure(`The Terraform output ${issue?.path.join('.') ?? ''} is missing or has another shape than expected (${issue?.message ?? ''}). Run \`npx plumbline provision\` to bring the state up to date.`, exitCodes.indeterminate)
}

/** The kubeconfig as YAML. */
export function kubeconfigOf(outputs: Pick<Outputs, 'kubeconfig'>): string {
  return Buffer.from(outputs.kubeconfig, 'base64').toString('utf8')
}

/** True when a host is this machine itself, which no pod could reach under that name. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || (isIP(host) === 4 && host.startsWith('127.')) || host === '::1'
}

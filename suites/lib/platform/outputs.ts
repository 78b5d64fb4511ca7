import { z } from 'zod'

/** What the suites need of the Terraform outputs. Outputs that no case uses are ignored, so that the platform may say more than is asked. */
const outputsSchema = z.object({
  cluster: z.object({
    id: z.coerce.string(), label: z.string(), region: z.string(), tier: z.string(), kubernetes_version: z.string(), status: z.string(),
    api_endpoints: z.array(z.string()),
  }),
  kubeconfig: z.base64().min(1),
  environments: z.record(z.string(), z.object({ namespace: z.string() })),
  /** The firewall on the nodes; absent on a platform that was provisioned before it was an output. */
  firewall: z.object({ id: z.coerce.string(), label: z.string() }).optional(),
  state: z.object({ bucket: z.string(), region: z.string(), endpoint: z.string(), key: z.string(), keep_versions: z.coerce.number().int() }),
  audit: z.object({ bucket: z.string(), region: z.string(), endpoint: z.string(), retention_days: z.coerce.number().int() }),
  secrets: z.object({ bucket: z.string(), region: z.string(), endpoint: z.string() }),
  object_storage_key: z.object({ access_key: z.string().min(1), secret_key: z.string().min(1) }),
  /** Writes the audit bucket; absent on a platform that was provisioned before there was one. */
  audit_writer_key: z.object({ access_key: z.string().min(1), secret_key: z.string().min(1) }).optional(),
  /** `ca_certificate` is PEM in base64. */
  database: z.object({ id: z.coerce.string(), host: z.string(), port: z.coerce.number().int(), ca_certificate: z.base64().min(1) }),
})
export type PlatformOutputs = z.infer<typeof outputsSchema>

const rawSchema = z.record(z.string(), z.object({ value: z.unknown(), sensitive: z.boolean().optional() }))

/** The outputs do not have the shape that the suites rely on. */
export class OutputsError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'OutputsError'
  }
}

/** Reads what `terraform output -json` prints, parsed. Throws OutputsError with each output that is missing or has another shape. */
export function parseOutputs(raw: unknown): PlatformOutputs {
  const wrapped = rawSchema.safeParse(raw)
  if (!wrapped.success) throw new OutputsError(`Expected what "terraform output -json" prints (an object of outputs, each with a value), got ${kindOf(raw)}; run "plumbline provision" first.`)
  const values = Object.fromEntries(Object.entries(wrapped.data).map(([name, { value }]) => [name, value]))
  const parsed = outputsSchema.safeParse(values)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')} (${issue.message})`)
  throw new OutputsError(`Expected the Terraform outputs that the suites rely on, but found fault with ${faults.join(', ')}; run "plumbline provision" to bring the outputs up to date.`)
}

/** A value that must appear nowhere; `name` is what may be said about it. */
export interface NamedSecret {
  name: string
  value: string
}

/** Fields of sensitive outputs that are no secret themselves: they say whose secret it is. */
const publicFields = /^(username|access_key|label|name|id|scopes|expiry)$/

/** The secret values in the outputs: what Terraform marks as sensitive, and the tokens inside the kubeconfig. Outputs of another shape hold none that could be used. */
export function secretsIn(raw: unknown): NamedSecret[] {
  const parsed = rawSchema.safeParse(raw)
  if (!parsed.success) return []
  const marked = Object.entries(parsed.data).filter(([name, { sensitive }]) => sensitive === true && name !== 'kubeconfig')
  return [...marked.flatMap(([name, { value }]) => leaves(name, value)), ...kubeconfigTokens(parsed.data['kubeconfig']?.value)]
}

function leaves(name: string, value: unknown): NamedSecret[] {
  if (typeof value === 'string') return value.length >= 6 ? [{ name, value }] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([field, held]: [string, unknown]) => publicFields.test(field) ? [] : leaves(`${name} ${field}`, held))
}

function kubeconfigTokens(value: unknown): NamedSecret[] {
  if (typeof value !== 'string') return []
  const yaml = Buffer.from(value, 'base64').toString('utf8')
  return [...yaml.matchAll(/\b(?:token|password|client-key-data): *["']?([^"'\s}]{6,})/g)].map(([, secret = '']) => ({ name: 'kubeconfig token', value: secret }))
}

function kindOf(value: unknown): string {
  if (value === null) return 'nothing'
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`
}

/** Version of the rules below, written into every results.json; raise it when a rule is added or changed. */
export const rulesVersion = 'plumbline-redaction/1'

/** A shape that secrets have. Where a rule has a group `secret`, only that part is removed. */
export interface Rule {
  readonly id: string
  readonly pattern: RegExp
  /** A second look at what matched, for shapes that ordinary text has too. */
  readonly accept?: (secret: string) => boolean
}

/** Names of fields whose value is a secret, in JSON, YAML, HCL, environment and command lines. */
const fieldNames = [
  'token', 'access_?token', 'refresh_?token', 'id_?token', 'api_?key', 'password', 'passwd', 'root_?pass', 'secret_?key', 'secret_?access_?key',
  'client-?key-?data', 'private_?key', 'pgpassword', '[a-z0-9_]+_(?:token|password|secret|secret_access_key)',
].join('|')

const sensitiveField = new RegExp(`^(?:${fieldNames})$`, 'i')

/** Whether a JSON field of this name holds a secret. */
export function isSensitiveField(name: string): boolean {
  return sensitiveField.test(name)
}

/** Whether a string could be the value of a secret field: long enough, one word, and not a placeholder for one. */
export function isSecretValue(value: string): boolean {
  return value.length >= 8 && !/\s/.test(value) && !/^(?:\[redacted|<|\$|\*{3}|%[^%]+%)/.test(value)
}

/** Prose also says `token: required`; secrets have digits, capitals or symbols in them. */
function isNoWord(value: string): boolean {
  return isSecretValue(value) && /[0-9]/.test(value) && /[A-Za-z]/.test(value)
}

function isBasicCredential(value: string): boolean {
  return /^[\x20-\x7e]+:[\x20-\x7e]+$/.test(Buffer.from(value, 'base64').toString('latin1'))
}

export const rules: readonly Rule[] = [
  { id: 'private-key', pattern: /-----BEGIN (?<kind>(?:[A-Z0-9]+ )*)PRIVATE KEY-----(?:(?!-----)[\s\S])*(?:-----END \k<kind>PRIVATE KEY-----)?/g },
  { id: 'jwt', pattern: /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/g },
  { id: 'bearer', pattern: /(?<before>\bBearer(?:\s|%20|\+)+)(?<secret>[A-Za-z0-9._~+/-]{12,}=*)/gi, accept: isNoWord },
  { id: 'basic', pattern: /(?<before>\bBasic\s+)(?<secret>[A-Za-z0-9+/]{8,}={0,2})/g, accept: isBasicCredential },
  // A Linode token is 64 hexadecimal digits, which is also what a digest looks like: only with the word beside it is it a token.
  { id: 'linode-token', pattern: /(?<before>(?:linode|personal|access|api)[^\n]{0,24}token[^\n0-9a-f]{0,8})(?<secret>[0-9a-f]{64})(?![0-9a-f])/gi },
  { id: 'aws-access-key', pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
  // The password of any URL: postgres://role:password@host, https://user:password@host.
  { id: 'url-password', pattern: /(?<before>\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/"'<>]{0,64}:)(?<secret>[^\s@/"'<>]{3,256})(?=@)/gi },
  {
    id: 'field',
    pattern: new RegExp(`(?<before>(?<![a-z0-9_-])(?:${fieldNames})\\\\*["']?\\s{0,4}[:=]\\s{0,4}\\\\*["']?)(?<secret>[^\\s"'\\\\,;{}()<>[\\]]{8,})`, 'gi'),
    accept: isNoWord,
  },
]

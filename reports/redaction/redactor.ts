import { createHmac, randomBytes } from 'node:crypto'
import { unpacked } from './decode.ts'
import { shortestSecret, variantsOf } from './encodings.ts'
import { isSecretValue, isSensitiveField, rules, rulesVersion, type Rule } from './rules.ts'
import type { KnownSecret } from './scan.ts'

export type { KnownSecret } from './scan.ts'

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

/** Takes secrets out of what is about to be written or printed. What it leaves in their place is `[redacted:<rule>:<hmac8>]`. */
export interface Redactor {
  /** Version of the rules, for results.json. */
  readonly rules: string
  /** How many values have been taken out so far. */
  readonly removed: number
  /** The values it was told of, for the scan before publishing. */
  readonly known: readonly KnownSecret[]
  /** Learns of a secret that came up during the run (an issued token, a generated password). An empty value is no secret; one of 1 to 5 characters is refused. */
  add(secret: KnownSecret): void
  text(text: string): string
  /** Deep, keys included; fields named like secrets and the data of Kubernetes Secrets lose their values whatever they look like. */
  json<T>(value: T): T
}

/** `key` makes the markers of two redactors comparable; without it equal values share a marker within one run only, and nobody can try guesses. */
export function createRedactor(secrets: readonly KnownSecret[] = [], key: Buffer = randomBytes(32)): Redactor {
  const redactor = new ValueRedactor(key)
  for (const secret of secrets) redactor.add(secret)
  return redactor
}

interface Form {
  readonly rule: string
  readonly secret: string
  readonly text: string
}

class ValueRedactor implements Redactor {
  readonly rules = rulesVersion
  readonly known: KnownSecret[] = []
  removed = 0
  private readonly key: Buffer
  private forms: Form[] = []

  constructor(key: Buffer) {
    this.key = key
  }

  add({ name, value }: KnownSecret): void {
    if (value === '' || this.known.some((known) => known.value === value)) return
    if (value.length < shortestSecret) {
      throw new Error(`Expected the secret ${name} to have at least ${shortestSecret} characters, but it has ${value.length}; one so short cannot be told from ordinary text, choose a longer one.`)
    }
    this.known.push({ name, value })
    const rule = name.toLowerCase().replace(/[^a-z0-9]+/g, '-')
    this.forms.push(...variantsOf(value).map(({ text }) => ({ rule, secret: value, text })))
    this.forms.sort((a, b) => b.text.length - a.text.length)
  }

  text(text: string): string {
    let clean = text
    for (const form of this.forms) {
      if (clean.includes(form.text)) clean = clean.split(form.text).join(this.marks(form.rule, form.secret, clean.split(form.text).length - 1))
    }
    clean = this.encodedRuns(clean)
    for (const rule of rules) clean = this.apply(rule, clean)
    return clean
  }

  json<T>(value: T): T {
    return this.deep(value, false) as T
  }

  private deep(value: unknown, secret: boolean): unknown {
    if (typeof value === 'string') return secret && isSecretValue(value) ? this.marks('field', value, 1) : this.text(value)
    if (Array.isArray(value)) return value.map((item: unknown) => this.deep(item, secret))
    if (typeof value !== 'object' || value === null) return value
    const kind = 'kind' in value ? value.kind : undefined
    return Object.fromEntries(Object.entries(value).map(([name, held]: [string, unknown]) => {
      if (kind === 'Secret' && (name === 'data' || name === 'stringData')) return [name, this.contents(held)]
      // The names inside a SealedSecret look like those of secrets, but its values are ciphertext, made to be read by everybody.
      if (name === 'encryptedData') return [name, this.ciphertext(held)]
      return [this.text(name), this.deep(held, isSensitiveField(name))]
    }))
  }

  private ciphertext(held: unknown): unknown {
    if (typeof held !== 'object' || held === null) return this.deep(held, false)
    return Object.fromEntries(Object.entries(held).map(([name, value]: [string, unknown]) => [this.text(name), this.deep(value, false)]))
  }

  private contents(held: unknown): unknown {
    if (typeof held !== 'object' || held === null) return held
    return Object.fromEntries(Object.entries(held).map(([name, value]: [string, unknown]) => [this.text(name), this.marks('kubernetes-secret', String(value), 1)]))
  }

  private apply(rule: Rule, text: string): string {
    return text.replace(rule.pattern, (...found: readonly unknown[]) => {
      const match = String(found[0])
      const groups = (found.at(-1) ?? {}) as Readonly<Record<string, string | undefined>>
      const secret = groups['secret'] ?? match
      if (secret.includes('[redacted:') || rule.accept?.(secret) === false) return match
      return `${groups['before'] ?? ''}${this.marks(rule.id, secret, 1)}`
    })
  }

  /** Base64 that holds a secret somewhere inside (a kubeconfig, a Helm release) is taken out whole. */
  private encodedRuns(text: string): string {
    return text.replace(/[A-Za-z0-9+/_-]{24,}(?:(?:\\n|\s{1,12})[A-Za-z0-9+/]{4,})*={0,2}/g, (run) =>
      /^[0-9a-f]+$/.test(run) || !this.hides(Buffer.from(run.replace(/\\n/g, ''), 'base64'), 3) ? run : this.marks('encoded', run, 1))
  }

  private hides(bytes: Buffer, levels: number): boolean {
    return this.shows(bytes) || (levels > 0 && unpacked(bytes).some((inside) => this.shows(inside.bytes) || this.hides(inside.promising, levels - 1)))
  }

  private shows(bytes: Buffer): boolean {
    if (this.forms.some(({ text }) => bytes.includes(text))) return true
    const text = bytes.toString('latin1')
    return rules.some((rule) => [...text.matchAll(rule.pattern)].some((found) => rule.accept?.(found.groups?.['secret'] ?? found[0]) !== false))
  }

  private marks(rule: string, secret: string, times: number): string {
    this.removed += times
    return `[redacted:${rule}:${createHmac('sha256', this.key).update(secret).digest('hex').slice(0, 8)}]`
  }
}

import { scanBytes, type KnownSecret } from '../../../reports/redaction/scan.ts'
import { baselineSecrets } from '../../intent/secrets.ts'
import { environmentNames } from '../../intent/environments.ts'
import { IndeterminateError } from '../indeterminate.ts'

/** What the run was told of the store's values begins so (conform). */
const prefix = 'stored secret '

/** A value of the store that the run was told; `secret` is `<namespace>/<name>`, `current` false for an older version. */
export interface StoredValue extends KnownSecret {
  secret: string
  key: string
  current: boolean
}

/**
 * The values that the bootstrap made and this run knows. Rejects with IndeterminateError when a baseline value is not among them: a search
 * that does not know what to look for finds nothing everywhere.
 */
export function storedValues(known: readonly KnownSecret[]): StoredValue[] {
  // Of two that are told by the same name the later one is what the store holds since a rotation.
  const newest = new Map(known.map(({ name, value }) => [name, value]))
  const values = known.filter(({ name }) => name.startsWith(prefix)).map(({ name, value }): StoredValue => {
    const [secret = '', key = '', version] = name.slice(prefix.length).split(' ')
    return { name, value, secret, key, current: version === undefined && newest.get(name) === value }
  })
  const wanted = environmentNames.flatMap((environment) => Object.entries(baselineSecrets).flatMap(([name, keys]) => keys.map((key) => ({ secret: `${environment}/${name}`, key }))))
  const missing = wanted.filter(({ secret, key }) => !values.some((one) => one.secret === secret && one.key === key && one.current))
  if (missing.length > 0) {
    const names = missing.map(({ secret, key }) => `${secret} ${key}`)
    throw new IndeterminateError(`expected this run to know every baseline value in order to look for it, but it was not told ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}; run "plumbline secrets bootstrap", and conform where the age identity is`)
  }
  return values
}

/** One document that was searched. `where` is what a message may say about it. */
export interface SearchedText { where: string, text: string }

/** A sentence per value that lies in a document, in plain or behind encodings (base64, compression, JSON, URL, HTML, hex, up to four deep). */
export function leaksIn(documents: readonly SearchedText[], values: readonly KnownSecret[]): string[] {
  return documents.flatMap(({ where, text }) => scanBytes(Buffer.from(text), values).map(({ secret, how }) => `expected no secret in ${where}, but it holds the ${secret} (${how}); rotate that secret and find out how it got there`))
}

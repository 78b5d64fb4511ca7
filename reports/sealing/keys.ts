import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto'
import { chmod, link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256 } from './digest.ts'
import { PublishFailure } from './failure.ts'

const privateName = 'signing-key.pem'
const publicName = 'signing-key.pub.pem'

export interface SigningKey {
  readonly privateKey: KeyObject
  readonly publicPem: string
  readonly keyid: string
}

/** SHA-256 of a public key's SubjectPublicKeyInfo (DER): `openssl pkey -pubin -in public-key.pem -outform DER | sha256sum`. */
export function keyidOf(publicKey: KeyObject): string {
  return sha256(publicKey.export({ type: 'spki', format: 'der' }))
}

/** The signing key of this machine, made on first use: `signing-key.pem` (0600) and `signing-key.pub.pem` in `folder`. */
export async function signingKey(folder: string): Promise<SigningKey> {
  const path = join(folder, privateName)
  const pem = (await existing(path)) ?? (await made(folder, path))
  const privateKey = parsed(pem, path)
  const publicKey = createPublicKey(privateKey)
  const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  if ((await localPublicKey(folder)) !== publicPem) await writeFile(join(folder, publicName), publicPem, { mode: 0o644 })
  return { privateKey, publicPem, keyid: keyidOf(publicKey) }
}

/** The public key that runs of this machine are checked against, or undefined when no run was ever signed here. */
export async function localPublicKey(folder: string): Promise<string | undefined> {
  return existing(join(folder, publicName), false)
}

async function existing(path: string, secret = true): Promise<string | undefined> {
  try {
    const { mode } = await stat(path)
    if (secret && (mode & 0o077) !== 0) {
      throw new PublishFailure(`Expected the signing key ${path} to be readable by its owner only, but its mode is 0${(mode & 0o777).toString(8)}; if nobody else had it run: chmod 600 ${path}, else delete it.`)
    }
    return await readFile(path, 'utf8')
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return undefined
    throw thrown
  }
}

async function made(folder: string, path: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chmod(folder, 0o700)
  const { privateKey } = generateKeyPairSync('ed25519')
  const draft = join(folder, `.${randomUUID()}.pem`)
  await writeFile(draft, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx', flush: true })
  try {
    // A link fails when the name is taken, so of two first runs at once both end up with the same key.
    await link(draft, path)
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST')) throw thrown
  } finally {
    await rm(draft, { force: true })
  }
  return readFile(path, 'utf8')
}

function parsed(pem: string, path: string): KeyObject {
  try {
    const key = createPrivateKey(pem)
    if (key.asymmetricKeyType === 'ed25519') return key
    throw new PublishFailure(`Expected an ed25519 private key in ${path}, but found ${key.asymmetricKeyType ?? 'another kind'}; move it away and a new one is made.`)
  } catch (thrown) {
    if (thrown instanceof PublishFailure) throw thrown
    throw new PublishFailure(`Expected an ed25519 private key in ${path}, but it cannot be read as PEM; move it away and a new one is made.`, 5, { cause: thrown })
  }
}

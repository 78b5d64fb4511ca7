import { chmod, readdir, stat, writeFile } from 'node:fs/promises'
import { createPublicKey } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { keyidOf, localPublicKey, signingKey } from './keys.ts'
import { workplace } from './sample-publication.ts'

describe('the signing key', () => {
  it('is made on first use, for its owner only, and is the same ever after', async () => {
    await using place = await workplace()
    const folder = join(place.keysFolder, 'deeper')
    const [one, two] = await Promise.all([signingKey(folder), signingKey(folder)])
    expect(one.keyid).toBe(two.keyid)
    expect((await signingKey(folder)).keyid).toBe(one.keyid)
    expect((await stat(join(folder, 'signing-key.pem'))).mode & 0o777).toBe(0o600)
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    expect((await readdir(folder)).toSorted()).toEqual(['signing-key.pem', 'signing-key.pub.pem'])
    expect(keyidOf(createPublicKey((await localPublicKey(folder)) ?? ''))).toBe(one.keyid)
  })

  it('is refused when others can read it, and when it is no ed25519 key', async () => {
    await using place = await workplace()
    await signingKey(place.keysFolder)
    const path = join(place.keysFolder, 'signing-key.pem')
    await chmod(path, 0o644)
    await expect(signingKey(place.keysFolder)).rejects.toThrow(`Expected the signing key ${path} to be readable by its owner only, but its mode is 0644; if nobody else had it run: chmod 600 ${path}, else delete it.`)
    await chmod(path, 0o600)
    await writeFile(path, 'garbage')
    await expect(signingKey(place.keysFolder)).rejects.toThrow(`Expected an ed25519 private key in ${path}, but it cannot be read as PEM; move it away and a new one is made.`)
  })

  it('is missing where nothing was ever signed', async () => {
    await using place = await workplace()
    expect(await localPublicKey(place.keysFolder)).toBeUndefined()
  })
})

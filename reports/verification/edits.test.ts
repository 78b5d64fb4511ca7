import { cp, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { runIds, workplace } from '../sealing/sample-publication.ts'
import { filesBelow } from '../sealing/manifest.ts'
import { verifyRun } from './verify.ts'

it('names the file of each of 200 random single-byte edits, without and with a ledger beside', { timeout: 120_000 }, async () => {
  await using place = await workplace()
  const { folder } = await place.publish()
  const files = await filesBelow(folder)
  expect(files).toHaveLength(16)
  const alone = join(place.folder, 'alone')
  await cp(folder, alone, { recursive: true })
  const edit = fc.record({ file: fc.constantFrom(...files), place: fc.double({ min: 0, max: 0.999999999, noNaN: true }), flip: fc.integer({ min: 1, max: 255 }), where: fc.constantFrom(folder, alone) })
  await fc.assert(fc.asyncProperty(edit, async ({ file, place: at, flip, where }) => {
    const path = join(where, file)
    const original = await readFile(path)
    const edited = Buffer.from(original)
    const index = Math.floor(at * original.length)
    edited[index] = (original[index] ?? 0) ^ flip
    await writeFile(path, edited)
    try {
      const { ok, findings } = await verifyRun(where, place)
      expect(ok).toBe(false)
      expect(findings.some((finding) => finding.includes(file)), `${file} at ${index}: ${findings.join(' ')}`).toBe(true)
    } finally {
      await writeFile(path, original)
    }
  }), { numRuns: 200 })
  expect((await verifyRun(folder, place)).findings).toEqual([])
  expect((await verifyRun(alone, place)).findings).toEqual([])
})

it('finds edits all over the envelope and the ledger', { timeout: 120_000 }, async () => {
  await using place = await workplace()
  const { folder } = await place.publish()
  for (const path of [join(folder, 'attestation.dsse.json'), join(place.reportsFolder, 'ledger.ndjson')]) {
    const original = await readFile(path)
    const silent: number[] = []
    for (let index = 0; index < original.length; index += 7) {
      const edited = Buffer.from(original)
      edited[index] = (original[index] ?? 0) ^ 1
      await writeFile(path, edited)
      if ((await verifyRun(folder, place)).ok) silent.push(index)
    }
    await writeFile(path, original)
    expect(silent).toEqual([])
  }
  expect(await readdir(join(place.reportsFolder, 'runs'))).toEqual([runIds[0]])
})

import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderings } from '../renderings/files.ts'
import { runIds, sealAgain, smallPublication, workplace, type Workplace } from '../sealing/sample-publication.ts'
import { verifyRun } from './verify.ts'

/** Every file of a violated run that no policy was judged in. */
const names = renderings.map(({ name }) => name).filter((name) => name !== 'policies.sarif')
/** Of a conformant one: nothing is open in it. */
const namesOfBetter = names.filter((name) => name !== 'poam.oscal.json')

let place: Workplace
/** Folder of a conformant run. */
let better: string
/** Folder of a violated one. */
let sound: string

beforeAll(async () => {
  place = await workplace()
  better = (await place.publish(smallPublication(runIds[0], 'clean'))).folder
  sound = (await place.publish(smallPublication(runIds[1]))).folder
})
afterAll(() => place[Symbol.asyncDispose]())

/** The violated run once more, apart from its ledger. */
async function copied(name: string): Promise<string> {
  const copy = await mkdtemp(join(place.folder, name))
  await cp(sound, copy, { recursive: true })
  return copy
}

describe('verifying the renderings', () => {
  it.each(names)('finds one changed character in %s', async (name) => {
    const copy = await copied(name)
    const path = join(copy, name)
    const content = await readFile(path)
    content.write('!', Math.floor(content.length / 2))
    await writeFile(path, content)
    expect((await verifyRun(copy, place)).findings.join('\n')).toContain(`${name} was changed after sealing: expected SHA-256`)
  })

  it.each(namesOfBetter)('does not trust the key holder with the %s of a better run', async (name) => {
    const copy = await copied(name)
    await cp(join(better, name), join(copy, name))
    await sealAgain(place, copy)
    const { ok, findings } = await verifyRun(copy, place)
    expect(ok).toBe(false)
    for (const finding of findings) expect(finding).toMatch(new RegExp(`^${name} .*results\\.json`))
  })

  it('still takes a run that was sealed before these files existed, but none without the report', async () => {
    const copy = await copied('older')
    for (const name of names.filter((one) => one !== 'report.html')) await rm(join(copy, name))
    await sealAgain(place, copy)
    expect(await verifyRun(copy, place)).toMatchObject({ ok: true, findings: [] })
    await rm(join(copy, 'report.html'))
    await sealAgain(place, copy)
    expect((await verifyRun(copy, place)).findings).toEqual(['report.html is missing or cannot be read.'])
  })

  it.each(names)('misses %s when it was taken away', async (name) => {
    const copy = await copied(name)
    await rm(join(copy, name))
    expect((await verifyRun(copy, place)).findings).toContain(`${name} is missing: MANIFEST.json names it.`)
  })
})

import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { cp, mkdir, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Results } from '../model/results.ts'
import { canonicalJson } from '../sealing/canonical.ts'
import { runIds, sealAgain, smallPublication, workplace, type Workplace } from '../sealing/sample-publication.ts'
import { verifyRun } from './verify.ts'

async function twoRuns(place: Workplace): Promise<readonly [string, string]> {
  const first = await place.publish(smallPublication(runIds[0], 'clean'))
  const second = await place.publish(smallPublication(runIds[1]))
  return [first.folder, second.folder]
}

async function resealed(place: Workplace, folder: string, change: (results: Results) => Results): Promise<void> {
  const results = change(JSON.parse(await readFile(join(folder, 'results.json'), 'utf8')) as Results)
  await writeFile(join(folder, 'results.json'), canonicalJson(results))
  await sealAgain(place, folder)
}

describe('verify', () => {
  it('takes a run folder, a file in one, latest, or the reports folder', async () => {
    await using place = await workplace()
    const [, second] = await twoRuns(place)
    const raw = (await readdir(join(second, 'raw')))[0] ?? ''
    for (const path of [second, join(second, 'results.json'), join(second, 'report.html'), join(second, 'raw', raw), join(place.reportsFolder, 'latest')]) {
      expect(await verifyRun(path, place)).toEqual({ ok: true, findings: [], checked: { runs: 1, files: 14, ledgerLines: 2 } })
    }
    for (const path of [place.reportsFolder, join(place.reportsFolder, 'ledger.ndjson')]) {
      expect(await verifyRun(path, place)).toEqual({ ok: true, findings: [], checked: { runs: 2, files: 27, ledgerLines: 2 } })
    }
  })

  it('checks a copy elsewhere against a given key', async () => {
    await using place = await workplace()
    const [first] = await twoRuns(place)
    const copy = join(place.folder, 'elsewhere')
    await cp(first, copy, { recursive: true })
    const key = join(place.keysFolder, 'signing-key.pub.pem')
    expect(await verifyRun(copy, { key })).toMatchObject({ ok: true, checked: { ledgerLines: 0 } })
    expect((await verifyRun(copy, { key: await readFile(key, 'utf8') })).ok).toBe(true)
    const other = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString()
    expect((await verifyRun(copy, { key: other })).findings.join('\n')).toMatch(/attestation\.dsse\.json is not signed by the key [0-9a-f]{64}: it was changed or signed with another key\./)
  })

  it.each<[string, (folder: string) => Promise<unknown>, RegExp]>([
    ['an edited file', (folder) => writeFile(join(folder, 'plan.json'), '{}'), /^plan\.json was changed after sealing: expected SHA-256 [0-9a-f]{64} and \d+ bytes, found [0-9a-f]{64} and 2 bytes\.$/m],
    ['a missing file', (folder) => rm(join(folder, 'events.ndjson')), /^events\.ndjson is missing: MANIFEST\.json names it\.$/m],
    ['an added file', (folder) => writeFile(join(folder, 'raw', 'extra.json'), '1'), /^raw\/extra\.json was added after sealing: MANIFEST\.json does not name it\.$/m],
    ['a hidden file', (folder) => writeFile(join(folder, '.hidden'), '1'), /^\.hidden was added after sealing/m],
    ['a symlink in place of a file', async (folder) => { await rm(join(folder, 'plan.json')); await symlink('results.json', join(folder, 'plan.json')) }, /^plan\.json is not an ordinary file\.$/m],
    ['a cut file', (folder) => truncate(join(folder, 'report.html'), 5000), /^report\.html was changed after sealing/m],
    ['a missing manifest', (folder) => rm(join(folder, 'MANIFEST.json')), /^MANIFEST\.json is missing or cannot be read\.$/m],
    ['a missing attestation', (folder) => rm(join(folder, 'attestation.dsse.json')), /^attestation\.dsse\.json is missing or cannot be read\.$/m],
    ['a manifest with a blank', async (folder) => writeFile(join(folder, 'MANIFEST.json'), `${await readFile(join(folder, 'MANIFEST.json'), 'utf8')} `), /^MANIFEST\.json was changed after sealing: it is not in the form in which it was written\.$/m],
    ['a manifest that leads out', async (folder) => writeFile(join(folder, 'MANIFEST.json'), (await readFile(join(folder, 'MANIFEST.json'), 'utf8')).replace('plan.json', '../plan.json')), /^MANIFEST\.json does not have the fields it must have \(files\.7\.path/m],
    ['another public key', (folder) => writeFile(join(folder, 'public-key.pem'), generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' })), /^public-key\.pem is the key [0-9a-f]{64}, but the run is checked against [0-9a-f]{64}\.$/m],
    ['an emptied folder', async (folder) => { await rm(folder, { recursive: true }); await mkdir(folder) }, /^MANIFEST\.json is missing/m],
  ])('names %s', async (_, tamper, finding) => {
    await using place = await workplace()
    const [folder] = await twoRuns(place)
    await tamper(folder)
    const found = await verifyRun(folder, place)
    expect(found.ok).toBe(false)
    expect(found.findings.join('\n')).toMatch(finding)
    expect((await verifyRun(place.reportsFolder, place)).ok).toBe(false)
  })

  it.each<[string, (results: Results) => Results, string]>([
    ['a violated run called conformant', (results) => ({ ...results, verdict: 'conformant' }), 'results.json says conformant, but its cases come to violated.'],
    ['another exit code', (results) => ({ ...results, exitCode: 0 }), 'results.json says exit code 0, but its cases come to 1.'],
    ['a requirement turned green', (results) => ({ ...results, requirements: results.requirements.map((one) => (one.id === 'SC-004' ? { ...one, verdict: 'satisfied' } : one)) }), 'results.json says SC-004 is satisfied, but its cases come to violated.'],
    ['a case turned green without proof', (results) => ({ ...results, cases: results.cases.map((one) => (one.id === 'access/guide' ? { ...one, verdict: 'satisfied' } : one)) }), 'results.json says case access/guide is satisfied, but its evidence comes to indeterminate.'],
    ['other counts', (results) => ({ ...results, counts: { ...results.counts, evidence: 1000 } }), 'results.json has other counts than its own cases and requirements.'],
    ['numbers that the report does not show', (results) => ({ ...results, exitCode: 3 }), 'report.html shows other numbers or another verdict than results.json.'],
    ['a verdict outside the list', (results) => ({ ...results, verdict: 'passed' as Results['verdict'] }), 'results.json does not have the shape of its schema: verdict: Invalid option: expected one of "conformant"|"violated"|"indeterminate"|"partial".'],
    ['evidence that names another raw file', (results) => ({ ...results, cases: results.cases.map((one) => ({ ...one, evidence: one.evidence.map((each) => (each.raw === undefined ? each : { ...each, raw: { ...each.raw, size: 1 } })) })) }), 'which is not in MANIFEST.json with that digest and size.'],
    ['an unknown case twice', (results) => ({ ...results, cases: [...results.cases, ...results.cases.slice(0, 1)] }), 'results.json contradicts itself: Expected every case id once in run'],
  ])('does not trust the key holder with %s', async (_, change, finding) => {
    await using place = await workplace()
    const [, folder] = await twoRuns(place)
    await resealed(place, folder, change)
    const { findings } = await verifyRun(folder, place)
    expect(findings.join('\n')).toContain(finding)
    expect(findings.join('\n')).toContain(`runs/${runIds[1]}/MANIFEST.json is not the one that ledger.ndjson names for run ${runIds[1]}.`)
  })

  it('finds runs that were removed, swapped or slipped in', async () => {
    await using place = await workplace()
    const [first, second] = await twoRuns(place)
    await rm(first, { recursive: true })
    expect((await verifyRun(place.reportsFolder, place)).findings).toEqual([`runs/${runIds[0]} is missing: ledger.ndjson names it.`])
    await cp(second, first, { recursive: true })
    expect((await verifyRun(place.reportsFolder, place)).findings.join('\n')).toContain(`runs/${runIds[0]}/MANIFEST.json is not the one that ledger.ndjson names for run ${runIds[0]}.`)
    await cp(second, join(place.reportsFolder, 'runs', runIds[2]), { recursive: true })
    expect((await verifyRun(place.reportsFolder, place)).findings.join('\n')).toContain(`ledger.ndjson does not name run ${runIds[2]}: it was killed before it was published, or its line was removed.`)
  })

  it('finds a ledger that was cut, torn or emptied, and a latest that lies', async () => {
    await using place = await workplace()
    const [first] = await twoRuns(place)
    const path = join(place.reportsFolder, 'ledger.ndjson')
    const text = await readFile(path, 'utf8')
    await writeFile(path, `${text.split('\n')[0] ?? ''}\n{"at"`)
    const { findings } = await verifyRun(place.reportsFolder, place)
    expect(findings).toEqual([
      'ledger.ndjson ends in a line that was cut short (5 bytes); the next run takes it off and says so.',
      `ledger.ndjson does not name run ${runIds[1]}: it was killed before it was published, or its line was removed.`,
      `latest points at runs/${runIds[1]}, but the last run of ledger.ndjson is ${runIds[0]}.`,
    ])
    await writeFile(path, '')
    expect((await verifyRun(first, place)).findings).toEqual([`ledger.ndjson does not name run ${runIds[0]}: it was killed before it was published, or its line was removed.`])
    await rm(join(place.reportsFolder, 'runs'), { recursive: true })
    expect((await verifyRun(place.reportsFolder, place)).findings).toEqual(['ledger.ndjson and runs/ hold no run: there is nothing to verify.'])
  })

  it('says what it needs', async () => {
    await using place = await workplace()
    await mkdir(place.folder, { recursive: true })
    await expect(verifyRun(join(place.folder, 'nowhere'), place)).rejects.toThrow(`Expected a run folder, a file in one, or a reports folder at ${join(place.folder, 'nowhere')}, but nothing is there.`)
    await expect(verifyRun(place.folder, place)).rejects.toThrow(`Expected a run folder, a file in one, or a reports folder at ${place.folder}, but it holds neither MANIFEST.json nor ledger.ndjson.`)
    const { folder } = await place.publish()
    await expect(verifyRun(folder)).rejects.toThrow('Expected a public key to check against, but no run was ever signed on this machine; give the key that you got from whoever made the run with --key FILE (the one inside a run folder proves nothing about that folder).')
    await expect(verifyRun(folder, { key: join(place.folder, 'no.pem') })).rejects.toThrow(`Expected a public key in PEM form in ${join(place.folder, 'no.pem')}, but the file cannot be read.`)
    await expect(verifyRun(folder, { key: join(folder, 'plan.json') })).rejects.toThrow('Expected a public key in PEM form to check against (-----BEGIN PUBLIC KEY-----), but this cannot be read as one.')
    await expect(verifyRun(folder, { key: join(place.keysFolder, 'signing-key.pem') })).rejects.toThrow('Expected a public key in PEM form to check against, but this is a private key; give public-key.pem or signing-key.pub.pem.')
  })
})

describe('the recipe in the report', () => {
  const unescaped = (html: string) => html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')
  const recipeIn = async (folder: string) => unescaped(/<pre id="recipe"[^>]*>([\s\S]*?)<\/pre>/.exec(await readFile(join(folder, 'report.html'), 'utf8'))?.[1] ?? '')
  const run = (script: string, folder: string, key?: string) => execFileSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8', stdio: 'pipe', env: { ...process.env, ...(key === undefined ? {} : { KEY: key }) } })

  it('verifies as printed, with nothing of ours', async () => {
    await using place = await workplace()
    const { folder } = await place.publish()
    const before = await readdir(folder, { recursive: true })
    const printed = run(await recipeIn(folder), folder)
    expect(printed.split('\n')).toEqual(['-: OK', 'Signature Verified Successfully', 'MANIFEST.json: OK', 'FAILED', `violated on sandbox, run ${runIds[0]}`, '6 passed, 5 open, 1 failed', 'verified', ''])
    expect(await readdir(folder, { recursive: true })).toEqual(before)
    expect(run(await recipeIn(folder), folder, join(place.keysFolder, 'signing-key.pub.pem'))).toContain('\nverified\n')
  })

  it.each<[string, (folder: string) => Promise<unknown>]>([
    ['an edited file', (folder) => writeFile(join(folder, 'plan.json'), '{}')],
    ['an added file', (folder) => writeFile(join(folder, 'extra'), '')],
    ['a removed file', (folder) => rm(join(folder, 'events.ndjson'))],
    ['an edited manifest', async (folder) => writeFile(join(folder, 'MANIFEST.json'), `${await readFile(join(folder, 'MANIFEST.json'), 'utf8')} `)],
    ['an edited statement', async (folder) => writeFile(join(folder, 'attestation.dsse.json'), (await readFile(join(folder, 'attestation.dsse.json'), 'utf8')).replace('"payload":"e', '"payload":"f'))],
    ['another type', async (folder) => writeFile(join(folder, 'attestation.dsse.json'), (await readFile(join(folder, 'attestation.dsse.json'), 'utf8')).replace('in-toto', 'in_toto'))],
    ['another key', (folder) => writeFile(join(folder, 'public-key.pem'), generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }))],
  ])('stops at %s', async (_, tamper) => {
    await using place = await workplace()
    const { folder } = await place.publish()
    const script = await recipeIn(folder)
    await tamper(folder)
    expect(() => run(script, folder)).toThrow()
  })
})

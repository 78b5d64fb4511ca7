import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { leaksIn } from './leaks.ts'
import { distinct } from './release-records.ts'

const secret = { name: 'planted', value: 'Tr0ub4dor-and-3-more' }
const record = (content: unknown) => Buffer.from(gzipSync(JSON.stringify(content)).toString('base64')).toString('base64')

test('what records share is searched once, what is new in each is searched in each', () => {
  const found = distinct([
    { where: 'v1', release: record({ chart: { templates: [{ data: 'the same text' }] }, config: { a: 'one' } }) },
    { where: 'v2', release: record({ chart: { templates: [{ data: 'the same text' }] }, config: { a: 'two' } }) },
  ])
  expect(found.map(({ text }) => text.includes('the same text'))).toEqual([true, false])
  expect(found.map(({ text }) => text.split('\n').at(-1))).toEqual(['one', 'two'])
})

test('a value is found wherever in a record it lies, behind an encoding of its own too', () => {
  const places = [{ config: { password: secret.value } }, { manifest: `data:\n  key: ${Buffer.from(secret.value).toString('base64')}\n` }, { [secret.value]: 1 },
    { chart: { files: [{ data: Buffer.from(`x: "${secret.value}"`).toString('base64') }] } }]
  for (const place of places) expect(leaksIn(distinct([{ where: 'v1', release: record(place) }]), [secret]), JSON.stringify(place)).toHaveLength(1)
})

test('a record in another shape is searched as it is', () => {
  const release = Buffer.from(`not a record: ${secret.value}`).toString('base64')
  expect(leaksIn(distinct([{ where: 'odd', release }]), [secret])).toHaveLength(1)
})

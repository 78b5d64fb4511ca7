import { expect, test } from '../lib/case.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { leaksIn, storedValues } from '../lib/platform/leaks.ts'
import { readReleaseRecords } from '../lib/platform/release-records.ts'

test(
  'no release record of Helm, in any revision, holds a value that the bootstrap made',
  { tags: ['NFR-002'], meta: { profile: 'nightly' } },
  async ({ platform, redactor, evidence }) => {
    const values = storedValues(redactor.known)
    const records = await readReleaseRecords(platform)
    evidence.observe('release records that were searched, through base64, compression, JSON, URL, HTML and hex escapes, and for how many values', {
      values: values.map(({ name }) => name), records: records.map(({ where, text }) => ({ where, characters: text.length })),
    })

    if (records.length === 0) throw new IndeterminateError('expected release records of Helm to search, but there are none; run "plumbline provision"')
    expect(leaksIn(records, values)).toBeFaultless()
  },
)

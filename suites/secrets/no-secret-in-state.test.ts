import { expect, test } from '../lib/case.ts'
import { IndeterminateError } from '../lib/indeterminate.ts'
import { leaksIn, storedValues } from '../lib/platform/leaks.ts'
import { readKeptTexts } from '../lib/platform/kept-texts.ts'

test(
  'no version of the Terraform state, of its locks, or of the records of the pipeline with its plans holds a value that the bootstrap made',
  { tags: ['NFR-002'], meta: { profile: 'nightly' } },
  async ({ platform, redactor, evidence }) => {
    const values = storedValues(redactor.known)
    const texts = [...await readKeptTexts(platform.state, ''), ...await readKeptTexts(platform.audit, 'provisioning/')]
    evidence.observe('what was searched, through base64, compression, JSON, URL, HTML and hex escapes, and for how many values', {
      values: values.map(({ name }) => name), searched: texts.map(({ where, text }) => ({ where, characters: text.length })),
    })

    if (!texts.some(({ where }) => where.includes(platform.outputs.state.key))) throw new IndeterminateError(`expected a version of ${platform.outputs.state.key} to search, but there is none; run "plumbline provision"`)
    expect(leaksIn(texts, values)).toBeFaultless()
  },
)

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { sampleResults } from '../sealing/sample-publication.ts'
import { resultsJsonSchema } from './json-schema.ts'

const committed = join(import.meta.dirname, 'results.schema.json')

describe('results.schema.json', () => {
  it('is what reports/model/results.ts says; regenerate with: node reports/model/json-schema.ts > reports/model/results.schema.json', async () => {
    expect(await readFile(committed, 'utf8')).toBe(resultsJsonSchema())
  })

  it('accepts results and refuses a verdict that is not in the list', async () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    const validate = ajv.compile(JSON.parse(await readFile(committed, 'utf8')) as object)
    const results = sampleResults()
    expect(validate(results), JSON.stringify(validate.errors)).toBe(true)
    expect(validate({ ...results, verdict: 'passed' })).toBe(false)
    expect(validate({ ...results, added: 1 })).toBe(false)
  })
})

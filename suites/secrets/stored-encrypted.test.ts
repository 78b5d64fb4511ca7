import { expect, test } from '../lib/case.ts'
import { leaksIn, storedValues } from '../lib/platform/leaks.ts'
import { readSecretStore } from '../lib/platform/secret-store.ts'

test(
  'every object of the secrets bucket, in every kept version, is an age file or metadata, and none holds a value',
  { tags: ['FR-005', 'NFR-002'] },
  async ({ platform, redactor, evidence }) => {
    const objects = await readSecretStore(platform)
    evidence.observe('objects of the secrets bucket and what each is', objects.map(({ key, encrypted, metadata }) => ({ key, is: encrypted ? 'age file' : metadata === undefined ? 'unknown' : 'metadata' })))

    const unknown = objects.filter(({ encrypted, metadata }) => !encrypted && metadata === undefined)
    const unsealed = objects.filter(({ metadata }) => metadata !== undefined && !objects.some(({ key, encrypted }) => encrypted && key === `${metadata.namespace}/${metadata.name}/${metadata.version}.age`))
    expect([
      ...unknown.map(({ key }) => `expected every object of ${platform.secrets.name} to be encrypted with age or to be metadata, but ${key} is neither; remove it and rotate what it holds`),
      ...unsealed.map(({ key }) => `expected an age file beside ${key}, but there is none; run "plumbline secrets bootstrap"`),
    ]).toBeFaultless()
    const values = storedValues(redactor.known)
    evidence.observe('how many values were looked for in each of them', { values: values.length, objects: objects.length })
    expect(leaksIn(objects.map(({ key, text }) => ({ where: `object ${key} of ${platform.secrets.name}`, text })), values)).toBeFaultless()
  },
)

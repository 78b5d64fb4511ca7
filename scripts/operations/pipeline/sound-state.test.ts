import { expect, test } from 'vitest'
import { versionedBucket } from '../changes/versioned-bucket.fixture.ts'
import { appliedKey } from './applied.ts'
import { refuseUnsoundState } from './sound-state.ts'

const key = 'platform/terraform.tfstate'
const state = (lineage: string) => JSON.stringify({ version: 4, serial: 7, lineage, resources: [] })
const wayBack = 'Nothing was touched. `npx plumbline state versions` lists what is kept and `npx plumbline state restore VERSION` makes a version the newest one again; docs/platform/disaster-recovery.md has the steps.'

function refusing(objects: Readonly<Record<string, string>>) {
  const { client, overwrite } = versionedBucket()
  for (const [at, body] of Object.entries({ [key]: '', [appliedKey]: '{}', ...objects })) overwrite(at, body)
  return expect(refuseUnsoundState({ client, bucket: 'b' }, key))
}
const applied = { [appliedKey]: JSON.stringify({ schemaVersion: '1.0.0', variables: {}, lineage: 'ours' }) }

test('a platform that nobody has provisioned, and a state of the known lineage, are worked on', async () => {
  await refusing({}).resolves.toBeUndefined()
  await refusing({ ...applied, [key]: state('ours') }).resolves.toBeUndefined()
})

test('before the first run has written down a lineage every state is worked on', async () => {
  await refusing({ [appliedKey]: JSON.stringify({ schemaVersion: '1.0.0', variables: {} }), [key]: state('any') }).resolves.toBeUndefined()
})

test.for([
  ['a truncated state', state('ours').slice(0, 20), `The Terraform state ${key} in the bucket b is damaged: it is not whole: it cannot be parsed as JSON. ${wayBack}`],
  ['JSON that is no state', '{}', `The Terraform state ${key} in the bucket b is damaged: it is JSON, but no Terraform state with serial, lineage and resources. ${wayBack}`],
  ['another lineage', state('theirs'), `The Terraform state ${key} in the bucket b is another platform's: expected the lineage ours, which the last run that ended well left, but it has theirs. ${wayBack}`],
  ['no state any more', '', `The Terraform state ${key} in the bucket b is gone, and the last run that ended well left one of the lineage ours. ${wayBack}`],
] as const)('%s is refused before anything is touched', async ([, text, message]) => {
  await refusing({ ...applied, [key]: text }).rejects.toMatchObject({ message, exitCode: 4 })
})

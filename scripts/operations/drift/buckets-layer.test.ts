import { S3Client, S3ServiceException } from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { sources } from '../pipeline/sources.fixture.ts'
import { bucketsLook } from './buckets-layer.ts'

/** A store whose every answer is fixed, by the name of the command. */
function store(answers: Readonly<Record<string, unknown>>): S3Client {
  const client = new S3Client({ region: 'us-east', endpoint: 'http://127.0.0.1:9', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } })
  client.middlewareStack.add((_next, { commandName = '' }) => () => {
    const answer = answers[commandName]
    if (answer instanceof Error) throw answer
    return Promise.resolve({ output: { $metadata: {}, ...(typeof answer === 'object' ? answer : {}) }, response: {} })
  }, { step: 'deserialize', priority: 'high' })
  return client
}

const lock = (Days: number) => ({ ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days } } } })
const { platform } = sources

test('buckets as the pipeline makes them are no drift', async () => {
  expect(await bucketsLook(store({ GetBucketVersioningCommand: { Status: 'Enabled' }, GetObjectLockConfigurationCommand: lock(90) }), platform)).toEqual({ compared: 3, findings: [] })
})

test('versions that are not kept and a shorter retention are', async () => {
  const { findings } = await bucketsLook(store({ GetBucketVersioningCommand: {}, GetObjectLockConfigurationCommand: lock(89) }), platform)
  expect(findings.map(({ name, detail }) => `${name}: ${detail}`)).toEqual([
    'plumbline-state: versioning is never enabled, expected Enabled',
    'plumbline-secrets: versioning is never enabled, expected Enabled',
    'plumbline-audit: versioning is never enabled, expected Enabled',
    'plumbline-audit: the default retention is COMPLIANCE for 89 days, expected COMPLIANCE for 90',
  ])
})

test('a bucket that is gone is missing, and a store that does not answer is not looked at', async () => {
  const gone = new S3ServiceException({ name: 'NotFound', $fault: 'client', $metadata: { httpStatusCode: 404 } })
  const { findings } = await bucketsLook(store({ HeadBucketCommand: gone }), platform)
  expect(findings.map(({ name, how }) => `${name} ${how}`)).toEqual(['plumbline-state missing', 'plumbline-secrets missing', 'plumbline-audit missing'])
  await expect(bucketsLook(store({ GetBucketVersioningCommand: new Error('no answer') }), platform)).rejects.toThrow('no answer')
})

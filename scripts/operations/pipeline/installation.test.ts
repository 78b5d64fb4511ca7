import { join } from 'node:path'
import { expect, test } from 'vitest'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { lkeInstallation, socketFolder } from './installation.ts'
import { loadPlatform } from './platform-file.ts'
import { backend } from './terraform.ts'

const platform = await loadPlatform(join(repository, 'terraform/platform.yaml'))
const account = { LINODE_TOKEN: 'token', AWS_ACCESS_KEY_ID: 'AK', AWS_SECRET_ACCESS_KEY: 'SK', AWS_ENDPOINT_URL_S3: 'https://us-east-1.linodeobjects.com', PLUMBLINE_CHANNEL_URL: 'https://hooks.example.com/T/B/x' }

test('a real account without its credentials is refused with their names', async () => {
  await expect(lkeInstallation(platform, { AWS_ACCESS_KEY_ID: 'AK' })).rejects.toMatchObject({
    exitCode: 2,
    message: 'The target lke needs LINODE_TOKEN (a Linode API token), AWS_SECRET_ACCESS_KEY (its secret key), PLUMBLINE_CHANNEL_URL (the webhook of the platform channel) in the environment.',
  })
})

test('terraform gets the account and nobody else\'s settings', async () => {
  const { terraformEnvironment, secrets, folder } = await lkeInstallation(platform, account)
  expect(terraformEnvironment).toMatchObject({ LINODE_TOKEN: 'token', AWS_ACCESS_KEY_ID: 'AK', AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null', TF_INPUT: '0' })
  expect(terraformEnvironment).not.toHaveProperty('LINODE_URL')
  expect(terraformEnvironment).not.toHaveProperty('TF_CLI_CONFIG_FILE')
  expect(secrets).toEqual(['token', 'SK', 'AK', 'https://hooks.example.com/T/B/x'])
  expect(folder).toMatch(/\/work\/lke$/)
})

test('a folder for temporary files in which the path of a provider\'s socket would be longer than 107 characters is not used', () => {
  const folders = [90, 91].map((length) => `/${'t'.repeat(length - 1)}`)
  expect(folders.map((usual) => socketFolder('/work', usual))).toEqual([folders[0], '/work'])
})

test('the backend file holds no key', async () => {
  const text = backend('plumbline-state', await lkeInstallation(platform, account))
  expect(text).toBe('bucket = "plumbline-state"\nregion = "us-east"\nendpoints = { s3 = "https://us-east-1.linodeobjects.com" }\n')
})

import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { sandboxEnvironment, shellExports } from './sandbox-environment.ts'

const connection = {
  supervisorPid: 1,
  startedAt: '2026-11-23T19:00:00.000Z',
  bootSeconds: 17,
  caFile: '/cache/ca.crt',
  linode: { url: 'http://127.0.0.1:17080', token: 'token', adminUrl: 'http://127.0.0.1:17081' },
  objectStorage: { endpoint: 'https://127.0.0.1:17070', region: 'us-east', accessKey: 'access', secretKey: 'secret' },
  postgres: { host: '127.0.0.1', port: 17432, portForStrangers: 17433 },
  kubernetes: { server: 'https://127.0.0.1:17443', kubeconfig: '/cache/kubeconfig' },
  channel: { url: 'http://10.99.0.1:8090/services/platform', readUrl: 'http://127.0.0.1:17090/messages' },
  ingress: { url: 'https://127.0.0.1:17043' },
  inside: { objectStorage: 'https://10.99.0.60:7070', outsideProber: '10.99.0.1:9313' },
  terraform: { cliConfig: '/cache/terraform.rc' },
}

test('names everything that the ordinary tools read', () => {
  expect(sandboxEnvironment(connection)).toMatchObject({
    LINODE_URL: 'http://127.0.0.1:17080', LINODE_TOKEN: 'token', AWS_ENDPOINT_URL_S3: 'https://127.0.0.1:17070', AWS_SECRET_ACCESS_KEY: 'secret',
    LINODE_OBJ_SECRET_KEY: 'secret', PGHOST: '127.0.0.1', PGPORT: '17432', PGSSLROOTCERT: '/cache/ca.crt', KUBECONFIG: '/cache/kubeconfig', TF_CLI_CONFIG_FILE: '/cache/terraform.rc',
  })
})

test('a shell reads back exactly what was meant, whatever is in it', () => {
  const value = `it's "$HOME" and \\ a\nnewline`
  const { stdout } = spawnSync('sh', ['-c', `${shellExports({ VALUE: value }).join('\n')}\nprintf %s "$VALUE"`], { encoding: 'utf8' })
  expect(stdout).toBe(value)
})

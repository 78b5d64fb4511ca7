import { spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { $ } from 'zx'
import { serverCertificate, serviceAuthority } from '../../../fixtures/sandbox/cluster/certificates.ts'
import { until } from '../../../fixtures/sandbox/cluster/processes.ts'
import { freePort } from '../../../fixtures/sandbox/free-port.ts'
import { program } from '../../../fixtures/sandbox/services/postgres-settings.ts'
import type { Administrator } from './administrator.ts'

/** A PostgreSQL server of its own with an administrator like Linode's: no superuser, but may make roles and databases. */
export interface TestServer {
  admin: Administrator
  /** As the server's superuser, whom nobody has on Linode. */
  superuser: (sql: string, database?: string) => Promise<Record<string, unknown>[]>
  /** Logs in over verified TLS and asks for the statement's first value; resolves with `SQLSTATE message` when it is refused. */
  attempt: (as: { username: string, password: string, database: string }, statement?: string) => Promise<string>
  stop: () => Promise<void>
}

const setpriv = ['setpriv', '--reuid', 'postgres', '--regid', 'postgres', '--clear-groups']
const password = 'the-administrator-of-a-test'

export async function startServer(): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-data-store-'))
  await chmod(folder, 0o755)
  const authority = await serviceAuthority(join(folder, 'tls'))
  const tls = await serverCertificate({ folder: join(folder, 'tls'), name: 'server', names: ['DNS:data-store.test'] }, authority)
  const data = join(folder, 'data')
  await mkdir(data, { mode: 0o700 })
  for (const [from, name] of [[tls.certificate, 'server.crt'], [tls.key, 'server.key']] as const) await $`install -m 600 ${from} ${join(data, name)}`.quiet()
  await $`chown -R postgres:postgres ${data}`.quiet()
  const cluster = join(data, 'cluster')
  await $`${setpriv} ${await program('initdb')} -D ${cluster} -A scram-sha-256 --auth-local=trust --no-sync -U postgres -E UTF8`.quiet()
  const port = await freePort()
  const settings = ['listen_addresses=127.0.0.1', `port=${port}`, `unix_socket_directories=${data}`, 'fsync=off', 'ssl=on', `ssl_cert_file=${join(data, 'server.crt')}`, `ssl_key_file=${join(data, 'server.key')}`]
  const [command = '', ...rest] = [...setpriv, await program('postgres'), '-D', cluster, ...settings.flatMap((setting) => ['-c', setting])]
  const child = spawn(command, rest, { stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => child.once('close', () => { resolve() }))
  const superuser: TestServer['superuser'] = (sql, database = 'postgres') => asking({ host: data, port, user: 'postgres', database }, sql)
  await until('an answer of PostgreSQL', async () => (await superuser('select 1')).length === 1, { seconds: 15 })
  await superuser(`create role akmadmin login createdb createrole password '${password}'`)
  await superuser('create database defaultdb owner akmadmin')
  const ca = await readFile(authority.certificate, 'utf8')
  const ssl = { ca, servername: 'data-store.test' }
  return {
    admin: { host: '127.0.0.1', port, serverName: 'data-store.test', authority: ca, username: 'akmadmin', password, database: 'defaultdb' },
    superuser,
    attempt: ({ username, password: own, database }, statement = 'select current_user') =>
      asking({ host: '127.0.0.1', port, user: username, password: own, database, ssl }, statement).then(([row]) => firstOf(row), said),
    stop: async () => {
      child.kill('SIGINT')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function asking(config: ConstructorParameters<typeof Client>[0], sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client(config)
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** The first value when it is a text; a statement without one is done. */
function firstOf(row: Record<string, unknown> | undefined): string {
  const [value] = Object.values(row ?? {})
  return typeof value === 'string' ? value : 'done'
}

function said(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error ? `${String(error.code)} ${error.message}` : error.message
}

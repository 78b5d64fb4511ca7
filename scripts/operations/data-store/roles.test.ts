import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ensureDatabase } from './database.ts'
import { ensureRole, firstLogin, retireOther, rotateRole, usageIn } from './roles.ts'
import { startServer } from './server.fixture.ts'
import type { TestServer } from './server.fixture.ts'

let server: TestServer

beforeAll(async () => { server = await startServer() }, 60_000)
afterAll(async () => { await server.stop() })

const passwordOf = (environment: string, turn = 1): string => `password-${String(turn)}-of-${environment}`
const blue = (environment: string, database = environment) => ({ username: `${environment}_blue`, password: passwordOf(environment), database })
const green = (environment: string, turn = 2) => ({ username: `${environment}_green`, password: passwordOf(environment, turn), database: environment })
const ensure = (environment: string) => ensureRole(server.admin, environment, { username: firstLogin(environment), password: passwordOf(environment) })

describe('an environment on the server', () => {
  test('is made once, also when all are made at the same time, and put right without a change the second time', async () => {
    const environments = ['development', 'staging', 'production', 'system']
    const made = await Promise.all(environments.map(ensure))
    expect(made[1]).toEqual(expect.arrayContaining(['role staging made', 'role staging_blue made', 'role staging_green made', 'database staging made']))
    expect(await Promise.all(environments.map(ensure))).toEqual([[], [], [], []])
    expect(await server.attempt(blue('staging'))).toBe('staging')
  })

  test('lets its own role alone into its own database alone', async () => {
    const own = blue('staging')
    expect(await server.attempt(own, 'create table notes (id int)')).toBe('done')
    for (const database of ['production', 'defaultdb']) {
      expect(await server.attempt({ ...own, database })).toBe(`42501 permission denied for database "${database}"`)
    }
    expect(await server.attempt({ ...own, password: 'not-the-password-of-it' })).toBe('28P01 password authentication failed for user "staging_blue"')
    expect(await server.attempt({ ...own, username: 'staging_green' })).toBe('28P01 password authentication failed for user "staging_green"')
    expect(await server.attempt({ ...own, username: 'staging' })).toBe('28P01 password authentication failed for user "staging"')
  })

  test('has a share of the connections, the same for every role', async () => {
    const limits = await server.superuser("select distinct rolconnlimit::int as share from pg_roles where rolname like '%\\_blue' or rolname like '%\\_green'")
    expect(limits).toEqual([{ share: 23 }])
  })

  test('is put right after somebody opened it', async () => {
    await server.superuser('grant staging to production_blue; grant connect on database staging to public; grant connect on database staging to system_blue')
    await server.superuser('grant create on schema public to public', 'staging')
    expect(await server.attempt({ ...blue('production'), database: 'staging' }, 'create table seized ()')).toBe('done')
    expect(await ensureDatabase(server.admin, 'staging')).toEqual(expect.arrayContaining([
      'membership of production_blue in staging revoked',
      'privileges of public on database staging revoked',
      'privileges of system_blue on database staging revoked',
      'right of PUBLIC to create in schema public of database staging revoked',
    ]))
    expect(await server.attempt({ ...blue('production'), database: 'staging' })).toBe('42501 permission denied for database "staging"')
    expect(await server.attempt({ ...blue('system'), database: 'staging' })).toBe('42501 permission denied for database "staging"')
  })

  test('keeps a verifier in the place of the password', async () => {
    const [row] = await server.superuser("select rolpassword from pg_authid where rolname = 'staging_blue'")
    expect(row?.['rolpassword']).toMatch(/^SCRAM-SHA-256\$4096:/)
  })
})

describe('a rotation', () => {
  test('works with both logins until the old one is retired, whose sessions are then ended', async () => {
    const session = new Client({ host: server.admin.host, port: server.admin.port, user: 'development_blue', password: passwordOf('development'), database: 'development', ssl: { ca: server.admin.authority, servername: 'data-store.test' } })
    const broken = new Promise<string>((resolve) => session.on('error', (error) => { resolve(error.message) }))
    await session.connect()
    await session.query('create table kept (id int)')

    const rotation = await rotateRole(server.admin, 'development', passwordOf('development', 2))
    expect(rotation.username).toBe('development_green')
    expect(await usageIn(server.admin, 'development')).toMatchObject({ inUse: 'development_blue', next: 'development_green' })
    expect([await server.attempt(blue('development')), await server.attempt(green('development'))]).toEqual(['development', 'development'])

    await rotation.retire()
    expect(await broken).toBe('terminating connection due to administrator command')
    expect(await server.attempt(blue('development'))).toBe('28P01 password authentication failed for user "development_blue"')
    expect(await server.attempt(green('development'), 'alter table kept add column more int')).toBe('done')
    expect(await usageIn(server.admin, 'development')).toMatchObject({ inUse: 'development_green', next: null })
  })

  test('goes back to the first login the next time, and is not disturbed by a provisioning in between', async () => {
    const { username, retire } = await rotateRole(server.admin, 'development', passwordOf('development', 3))
    expect(username).toBe('development_blue')
    await ensureRole(server.admin, 'development', { username: 'development_green', password: passwordOf('development', 2) })
    expect(await server.attempt({ ...blue('development'), password: passwordOf('development', 3) })).toBe('development')
    await retire()
    expect(await server.attempt(green('development'))).toMatch(/^28P01 /)
  })

  test('that was interrupted is begun again with the same login, and can be ended by another process', async () => {
    await rotateRole(server.admin, 'system', passwordOf('system', 2))
    expect((await rotateRole(server.admin, 'system', passwordOf('system', 3))).username).toBe('system_green')
    expect(await server.attempt(green('system', 3))).toBe('system')
    await retireOther(server.admin, 'system', 'system_green')
    expect(await server.attempt(blue('system'))).toMatch(/^28P01 /)
  })

  test('of an environment without roles says what to do', async () => {
    await expect(rotateRole(server.admin, 'canary', passwordOf('canary'))).rejects.toThrow('No login of the data store is in use for canary yet, so there is none to rotate; run `npx plumbline provision` first.')
  })
})

describe('the administrator', () => {
  test('trusts no server but the one that its certificate names', async () => {
    await expect(usageIn({ ...server.admin, serverName: 'another.test' }, 'system')).rejects.toThrow(/^Expected to reach the data store's database defaultdb at 127\.0\.0\.1:\d+ as akmadmin, but Hostname\/IP does not match certificate's altnames/)
  })

  test('refuses a login that is not the environment\'s, and a password that clients read differently', async () => {
    await expect(ensureRole(server.admin, 'staging', blue('production'))).rejects.toThrow('The data store\'s logins of staging are staging_blue and staging_green, but "production_blue" was given.')
    await expect(ensureRole(server.admin, 'staging', { username: 'staging_blue', password: 'zu kurz' })).rejects.toThrow('A password of the data store must have at least 16 printable ASCII characters and no spaces')
  })
})

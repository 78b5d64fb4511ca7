import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { repository } from '../fixtures/sandbox/paths.ts'

/** A checkout with nothing in it but the launcher, and an npm that only says what it was asked for. */
let checkout: string
let programs: string

beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'launcher-'))
  programs = join(checkout, 'programs')
  mkdirSync(join(checkout, 'scripts'))
  mkdirSync(programs)
  cpSync(join(repository, 'scripts/plumbline.mjs'), join(checkout, 'scripts/plumbline.mjs'))
  writeFileSync(join(checkout, 'package-lock.json'), '{}')
  writeFileSync(join(checkout, 'scripts/plumbline.ts'), 'console.log(JSON.stringify(process.argv.slice(2)))\nprocess.exitCode = 7\n')
  npm('mkdir -p node_modules/.bin; echo {} > node_modules/.package-lock.json; echo "npm $*" >> installs')
})
afterEach(() => rmSync(checkout, { recursive: true, force: true }))

function npm(script: string) {
  writeFileSync(join(programs, 'npm'), `#!/bin/sh\n${script}\n`)
  chmodSync(join(programs, 'npm'), 0o755)
}

function launch(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(checkout, 'scripts/plumbline.mjs'), ...args], { encoding: 'utf8', env: { ...process.env, PATH: `${programs}:${process.env['PATH'] ?? ''}` } })
  return { status, stdout, stderr }
}

const installs = () => (existsSync(join(checkout, 'installs')) ? readFileSync(join(checkout, 'installs'), 'utf8').trim().split('\n') : [])

test('a fresh clone is installed once, in one announced line, and arguments and exit code pass through', () => {
  const first = launch('conform', '--only', 'SC-004')
  expect(first).toEqual({ status: 7, stdout: '["conform","--only","SC-004"]\n', stderr: 'plumbline: installing what package-lock.json names (npm ci --ignore-scripts), about a minute\n' })
  expect(launch('up')).toEqual({ status: 7, stdout: '["up"]\n', stderr: '' })
  expect(installs()).toEqual(['npm ci --ignore-scripts --no-audit --no-fund --loglevel=error'])
  expect(readlinkSync(join(checkout, 'node_modules/.bin/plumbline'))).toBe('../../scripts/plumbline.mjs')
})

test('another lockfile is installed again', () => {
  launch()
  writeFileSync(join(checkout, 'package-lock.json'), '{"lockfileVersion": 3}')
  const later = new Date(Date.now() + 5000)
  utimesSync(join(checkout, 'package-lock.json'), later, later)
  launch()
  expect(installs()).toHaveLength(2)
})

test('what somebody installed by hand after the lockfile was written is taken as it is', () => {
  mkdirSync(join(checkout, 'node_modules/.bin'), { recursive: true })
  writeFileSync(join(checkout, 'node_modules/.package-lock.json'), '{}')
  expect(launch().stderr).toBe('')
  expect(installs()).toEqual([])
})

test('a failed installation says so and starts nothing', () => {
  npm('echo "npm error code ENOSPC" >&2; exit 1')
  const { status, stdout, stderr } = launch('up')
  expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
  expect(stderr).toContain('npm error code ENOSPC')
  expect(stderr).toContain('ended with 1; its own message is above. Mend that, then run the same command again.')
})

test('the pinned Node is preferred to the one that runs the launcher', () => {
  launch()
  const pinned = join(checkout, 'node_modules/.bin/node')
  writeFileSync(pinned, '#!/bin/sh\necho pinned\n')
  chmodSync(pinned, 0o755)
  expect(launch().stdout).toBe('pinned\n')
})

test('is found through a link, as npx makes one', () => {
  symlinkSync(join(checkout, 'scripts/plumbline.mjs'), join(checkout, 'plumbline'))
  const { stdout } = spawnSync(process.execPath, [join(checkout, 'plumbline'), 'status'], { encoding: 'utf8', env: { ...process.env, PATH: `${programs}:${process.env['PATH'] ?? ''}` } })
  expect(stdout).toBe('["status"]\n')
})

test('a signal reaches the command, and its exit code comes back', async () => {
  launch()
  writeFileSync(join(checkout, 'scripts/plumbline.ts'), "process.on('SIGTERM', () => process.exit(130))\nconsole.log('ready')\nsetInterval(() => undefined, 1000)\n")
  const child = spawn(process.execPath, [join(checkout, 'scripts/plumbline.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise((resolve) => child.stdout.once('data', resolve))
  child.kill('SIGTERM')
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(130)
})

import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { repository } from '../fixtures/sandbox/paths.ts'
import { join } from 'node:path'

/** The command line as a user has it: the exit code, and which stream says what. */
function plumbline(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(repository, 'scripts/plumbline.ts'), ...args], { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } })
  return { status, stdout, stderr }
}

test('an unknown command is a usage error with the nearest match', () => {
  const { status, stdout, stderr } = plumbline('statsu')
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(/^plumbline: Unknown command "statsu": expected one of start, test, up, down, .*\. Did you mean status\?\n$/)
})

test('with --json a failure is one document on stdout, and the sentence still on stderr', () => {
  const { status, stdout, stderr } = plumbline('verify', '/nowhere/at/all', '--json')
  const message = 'Expected a run folder, a file in one, or a reports folder at /nowhere/at/all, but nothing is there.'
  expect(status).toBe(2)
  expect(JSON.parse(stdout)).toEqual({ error: { message, exitCode: 2 } })
  expect(stderr).toBe(`plumbline: ${message}\n`)
})

test('every verb has help that names its options, on stdout, without escape codes', () => {
  const { status, stdout, stderr } = plumbline('verify', '--help')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toContain('USAGE plumbline verify [OPTIONS] <PATH>')
  expect(stdout).toContain('--key=<FILE>')
  expect(stdout).toContain('--json')
  expect(stdout).not.toContain('\u001b')
})

test('no command at all is a usage error', () => {
  expect(plumbline().status).toBe(2)
  expect(plumbline().stderr).toContain('No command was given: expected one of start, test, up, down, status')
})

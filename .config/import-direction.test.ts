import { RuleTester } from 'eslint'
import tseslint from 'typescript-eslint'
import { afterAll, describe, expect, it, test } from 'vitest'
import { areaOf, importDirection, mayImport } from './import-direction.ts'

Object.assign(RuleTester, { afterAll, describe, it })

test('an area is the room a file lies in', () => {
  expect(areaOf('scripts/commands/up.ts')).toBe('scripts')
  expect(areaOf('suites/isolation/cross-environment-traffic.test.ts')).toBe('suites/isolation')
  expect(areaOf('reports/model/verdict.ts')).toBe('reports/model')
})

test.each([
  ['scripts', 'reports/model', true],
  ['scripts', 'fixtures', true],
  ['suites/isolation', 'suites/lib', true],
  ['suites/isolation', 'suites/intent', true],
  ['suites/isolation', 'suites/environments', false],
  ['suites/isolation', 'fixtures', false],
  ['suites/isolation', 'reports/model', false],
  ['suites/lib', 'reports/redaction', true],
  ['suites/lib', 'reports/sealing', false],
  ['suites/lib', 'suites/isolation', false],
  ['suites/intent', 'suites/requirements', true],
  ['suites/requirements', 'suites/intent', false],
  ['reports/sealing', 'reports/model', true],
  ['reports/model', 'suites/lib', false],
  ['fixtures', 'scripts', false],
  ['fixtures', 'reports/sealing', false],
])('%s importing %s is allowed: %s', (from, to, allowed) => {
  expect(mayImport(from, to, false)).toBe(allowed)
})

test('fixtures may know the result model, but only its types', () => {
  expect(mayImport('fixtures', 'reports/model', true)).toBe(true)
  expect(mayImport('fixtures', 'reports/model', false)).toBe(false)
})

const tester = new RuleTester({ languageOptions: { parser: tseslint.parser } })
const within = (filename: string, code: string) => ({ filename: `${process.cwd()}/${filename}`, code })

tester.run('import-direction', importDirection, {
  valid: [
    within('suites/isolation/a.test.ts', "import { test } from '../lib/case.ts'"),
    within('suites/isolation/a.test.ts', "import { setTimeout } from 'node:timers'"),
    within('fixtures/linode-api/a.ts', "import type { Verdict } from '../../reports/model/verdict.ts'"),
  ],
  invalid: [
    {
      ...within('suites/isolation/a.test.ts', "import { up } from '../../fixtures/sandbox/sandbox.ts'"),
      errors: [{
        message: 'suites/isolation may not import fixtures (../../fixtures/sandbox/sandbox.ts): imports point scripts → reports, suites, fixtures and family → suites/lib → suites/requirements (design §2). Move the code, or hand the value in from scripts/.',
      }],
    },
    { ...within('suites/isolation/a.test.ts', "export * from '../environments/b.ts'"), errors: 1 },
    { ...within('suites/lib/a.ts', "const up = await import('../../fixtures/sandbox/sandbox.ts')"), errors: 1 },
    { ...within('fixtures/linode-api/a.ts', "import { verdicts } from '../../reports/model/verdict.ts'"), errors: 1 },
  ],
})

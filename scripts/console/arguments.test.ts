import type { ArgsDef } from 'citty'
import { expect, test } from 'vitest'
import { readArguments, severalArguments } from './arguments.ts'
import { UsageFailure } from './failure.ts'

const definition: ArgsDef = {
  path: { type: 'positional', description: 'a run folder', required: true },
  only: { type: 'string', valueHint: 'ID' },
  profile: { type: 'enum', options: ['smoke', 'nightly'] },
  json: { type: 'boolean' },
}

const message = (...rawArgs: string[]) => {
  try {
    readArguments('conform', rawArgs, definition)
  } catch (error) {
    expect(error).toBeInstanceOf(UsageFailure)
    expect(error).toHaveProperty('exitCode', 2)
    return error instanceof Error ? error.message : ''
  }
  return 'accepted'
}

test('keeps every value of a repeated option, in order', () => {
  const given = readArguments('conform', ['--only', 'SC-004', 'folder', '--only=FR-001', '--json'], definition)
  expect(given).toEqual({ lists: { only: ['SC-004', 'FR-001'] }, positionals: ['folder'] })
})

test('says what was seen, what was expected and what is near', () => {
  expect(message('x', '--onyl', 'y')).toBe('Unknown option --onyl for `plumbline conform`: expected one of --only, --profile, --json. Did you mean --only?')
  expect(message('x', '-q')).toBe('Unknown option -q for `plumbline conform`: expected one of --only, --profile, --json.')
  expect(message('x', '--profile', 'nightli')).toBe('Option --profile of `plumbline conform` is "nightli": expected one of smoke, nightly. Did you mean nightly?')
  expect(message('x', '--only')).toBe('Option --only of `plumbline conform` needs a value: expected --only=ID, nothing was given.')
  expect(message('x', '--only', '--json')).toBe('Option --only of `plumbline conform` needs a value: expected --only=ID, nothing was given.')
  expect(message('x', '--json=yes')).toBe('Option --json of `plumbline conform` takes no value, but "yes" was given.')
  expect(message()).toBe('`plumbline conform` needs PATH: a run folder.')
  expect(message('x', 'y')).toBe('Unexpected argument "y" for `plumbline conform`: expected only PATH.')
})

test('takes any number of the last argument where that is meant', () => {
  const ids: ArgsDef = { id: { type: 'positional', required: false, valueHint: severalArguments } }
  expect(readArguments('breach run', ['a', 'b'], ids).positionals).toEqual(['a', 'b'])
  expect(readArguments('breach run', [], ids).positionals).toEqual([])
})

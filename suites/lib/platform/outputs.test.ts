import { describe, expect, test } from 'vitest'
import { outputsForTests } from './outputs.fixture.ts'
import { OutputsError, parseOutputs, secretsIn } from './outputs.ts'

describe('the Terraform outputs', () => {
  test('are read by name', () => {
    const outputs = parseOutputs(outputsForTests())
    expect(outputs.environments['staging']).toEqual({ namespace: 'staging' })
    expect(outputs.state.keep_versions).toBe(30)
  })

  test('that are missing are named, and their values are not said', () => {
    const raw = { ...outputsForTests(), state: { value: undefined }, object_storage_key: { value: { access_key: 'AKIA' } } }
    expect(() => parseOutputs(raw)).toThrow(OutputsError)
    expect(() => parseOutputs(raw)).toThrow(
      'Expected the Terraform outputs that the suites rely on, but found fault with state (Invalid input: expected object, received undefined), '
      + 'object_storage_key.secret_key (Invalid input: expected string, received undefined); run "plumbline provision" to bring the outputs up to date.',
    )
  })

  test('give away what is secret in them, so that it can be kept out of everything', () => {
    const database_admin = { sensitive: true, value: { username: 'linpostgres', password: 'database-password' } }
    expect(secretsIn({ ...outputsForTests(), database_admin }).map(({ name, value }) => `${name}=${value}`)).toEqual([
      'object_storage_key secret_key=secret-key-1', 'database_admin password=database-password', 'kubeconfig token=administrator-token',
    ])
  })

  test('that are something else are refused', () => {
    expect(() => parseOutputs([])).toThrow('Expected what "terraform output -json" prints (an object of outputs, each with a value), got a list; run "plumbline provision" first.')
    expect(() => parseOutputs({})).toThrow('found fault with cluster')
  })
})

import { expect, test } from 'vitest'
import { IndeterminateError } from '../indeterminate.ts'
import { runCommand, startCommand } from './command.ts'

const budget = { milliseconds: 10_000, bounds: 'a program of a test', source: 'it ends at once' }
const { signal } = new AbortController()
const sh = (script: string) => ({ program: '/bin/sh', args: ['-c', script], budget, signal })

test('what a program says, how it ends, and how long it takes', async () => {
  const outcome = await runCommand({ ...sh('echo out; echo "$MORE" >&2; exit 4'), environment: { MORE: 'err' } })
  expect(outcome).toMatchObject({ exitCode: 4, endedBy: null, stdout: 'out\n', stderr: 'err\n' })
  expect(outcome.seconds).toBeGreaterThan(0)
})

test('a program is interrupted, or killed, when it has said something', async () => {
  const waiting = 'trap "exit 130" INT; echo ready >&2; while :; do sleep 0.05; done'
  expect(await runCommand({ ...sh(waiting), send: { signal: 'SIGINT', when: 'ready' } })).toMatchObject({ exitCode: 130 })
  expect(await runCommand({ ...sh(waiting), send: { signal: 'SIGKILL', when: 'ready' } })).toMatchObject({ exitCode: null, endedBy: 'SIGKILL' })
})

test('a program that waits for an answer gets it', async () => {
  const running = startCommand(sh('read answer; echo "got $answer"'))
  running.answer('yes\n')
  expect((await running.outcome).stdout).toBe('got yes\n')
})

test('a program that does not end in time is stopped, and nothing is known', async () => {
  const order = { ...sh('trap "exit 1" INT; while :; do sleep 0.05; done'), budget: { ...budget, milliseconds: 100 } }
  await expect(runCommand(order)).rejects.toThrow(/to end within 0.1 s, but it did not; it was stopped/)
  await expect(runCommand(order)).rejects.toBeInstanceOf(IndeterminateError)
})

test('a program that is not there is not known to have done anything', async () => {
  await expect(runCommand({ ...sh(''), program: '/no/such/program' })).rejects.toThrow('expected to run /no/such/program, but it could not be started')
})

test('a cancelled run asks the program to end, waits for that, and rejects with its reason', async () => {
  const controller = new AbortController()
  const running = runCommand({ ...sh('trap "exit 0" INT; while :; do sleep 0.05; done'), signal: controller.signal })
  const ended = expect(running).rejects.toThrow('cancelled')
  controller.abort(new Error('cancelled'))
  await ended
})

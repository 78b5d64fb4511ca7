import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { faultsOf, follow, undecidedIn } from './follow.ts'
import { parseGuide } from './guide.ts'

const fence = '```'
const surroundings = { path: ['/usr/bin', '/bin'], variables: { ALSO: 'there' } }
const signal = new AbortController().signal

function guideOf(...blocks: readonly (readonly [info: string, command: string, prints?: string])[]) {
  const text = blocks.map(([info, command, prints]) => `${fence}${info}\n${command}\n${fence}\n${prints === undefined ? '' : `${fence}text\n${prints}\n${fence}\n`}`).join('\n')
  return parseGuide(`---\naudience: a tester\nminutes: 1\n---\n# T\n\n## H\n\n${text}`, 'x.md')
}

test('carries variables, functions and the folder from step to step, from an empty home and a minimal environment', async () => {
  const { steps } = await follow(guideOf(
    ['sh', 'ls -A ~; env | cut -d= -f1 | sort | tr "\\n" " "'],
    ['sh', 'mine=1; export SHOWN=2; hello() { echo "hello $1"; }; mkdir inner; cd inner'],
    ['sh', 'echo "$mine $(printenv SHOWN) $(printenv mine || echo hidden)"; hello you; basename "$PWD"', '1 2 hidden\nhello you\ninner'],
  ), { values: {}, people: { reader: surroundings } }, signal)
  expect(steps.map(({ outcome }) => outcome)).toEqual(['as written', 'as written', 'as written'])
  expect(steps[0]?.output?.split(' ').filter((name) => name !== '')).toEqual(['ALSO', 'HOME', 'LANG', 'OLDPWD', 'PATH', 'PWD', 'SHLVL', 'TERM', 'TMPDIR', 'USER', '_'])
})

test('stops at the first step that does otherwise, runs what cleans up, and says what differs', async () => {
  const followed = await follow(guideOf(['sh', 'echo a', 'b'], ['sh', 'echo never'], ['sh clean-up', 'echo gone', 'gone']), { values: {}, people: { reader: surroundings } }, signal)
  expect(followed.steps.map(({ outcome }) => outcome)).toEqual(['otherwise', 'not reached', 'as written'])
  expect(faultsOf(followed)).toEqual(['expected "echo a" (docs/x.md:9, H, by the reader) to do what is written, but expected the line "b", got "a"'])
})

test('a command that fails ends its block, and the exit code is held against the one that is written', async () => {
  const followed = await follow(guideOf(['sh exit=3', '(exit 3)\necho not reached', '…'], ['sh', 'echo said >&2; false']), { values: {}, people: { reader: surroundings } }, signal)
  expect(followed.steps[0]).toMatchObject({ outcome: 'as written', exit: 3, output: '' })
  expect(faultsOf(followed)).toEqual([expect.stringContaining('but expected exit code 0, got 1: said')])
})

test('a world that does not answer is no fault of the guide', async () => {
  const followed = await follow(guideOf(['sh', 'echo "Unable to connect to the server: dial tcp" >&2; false']), { values: {}, people: { reader: surroundings } }, signal)
  expect([faultsOf(followed), undecidedIn(followed).length]).toEqual([[], 1])
})

test('a guide that tells kubectl of no cluster is at fault, although nobody answers there either', async () => {
  const followed = await follow(guideOf(['sh', 'echo "dial tcp 127.0.0.1:8080: connect: connection refused, was asked for http://localhost:8080/api"; exit 1']), { values: {}, people: { reader: surroundings } }, new AbortController().signal)
  expect([faultsOf(followed).length, undecidedIn(followed)]).toEqual([1, []])
})

test('what is not executed, or for another reader, is shown and not run; a person who is missing is a fault', async () => {
  const followed = await follow(guideOf(['sh not-executed="takes an account"', 'false'], ['sh for=viewer', 'false'], ['sh as=nobody', 'true']), { profile: 'deployer', values: {}, people: { reader: surroundings } }, signal)
  expect(followed.steps.map(({ outcome, why }) => [outcome, why])).toEqual([
    ['not executed', 'takes an account'], ['not for this reader', 'it is for viewer'], ['otherwise', 'nobody was there to be "nobody"'],
  ])
})

test('nothing stays behind: neither the home nor what runs in the background', async () => {
  const followed = await follow(guideOf(['sh', 'sleep 300 &\necho "$! $HOME"'], ['sh', 'jobs; echo on']), { values: {}, people: { reader: surroundings } }, signal)
  const [pid = '', home = ''] = (followed.steps[0]?.output ?? '').trim().split(' ')
  expect(followed.steps[1]?.outcome).toBe('as written')
  expect(existsSync(home)).toBe(false)
  for (let tries = 0; tries < 50 && isRunning(Number(pid)); tries += 1) await pause(20)
  expect(isRunning(Number(pid))).toBe(false)
})

test('a cancelled run ends the step that runs and still cleans up', async () => {
  const controller = new AbortController()
  const following = follow(guideOf(['sh', 'sleep 300'], ['sh clean-up', 'echo gone', 'gone']), { values: {}, people: { reader: surroundings } }, controller.signal)
  await pause(300)
  controller.abort()
  const followed = await following
  expect(followed.steps.map(({ outcome }) => outcome)).toEqual(['cut off', 'as written'])
  expect(undecidedIn(followed)).toHaveLength(1)
})

/** What was killed and not yet waited for is a zombie, and runs no more. */
function isRunning(pid: number): boolean {
  return existsSync(`/proc/${pid}/stat`) && !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
}

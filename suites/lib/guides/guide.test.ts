import { describe, expect, test } from 'vitest'
import { filled, parseGuide, sectionOf } from './guide.ts'

const fence = '```'
const front = '---\naudience: an engineer\nminutes: 15\nneeds: [kubectl]\nfill: { ENVIRONMENT: your environment }\n---\n'
const guide = (body: string) => parseGuide(`${front}# Title\n\n## First\n\n${body}`, 'teams/x.md')

describe('parseGuide', () => {
  test('reads commands with what they print, in their order, with the line they stand on', () => {
    const { title, minutes, steps } = guide(`${fence}sh\nENVIRONMENT=staging\n${fence}\n\n${fence}text\nnothing\n${fence}\n\n## Second\n\n${fence}sh exit=1 as=platform-engineer for=viewer\nfalse\n${fence}\n`)
    expect({ title, minutes }).toEqual({ title: 'Title', minutes: 15 })
    expect(steps).toMatchObject([
      { line: 11, heading: 'First', command: 'ENVIRONMENT=staging', expected: 'nothing', exit: 0, as: 'reader' },
      { heading: 'Second', command: 'false', expected: undefined, exit: 1, as: 'platform-engineer', only: 'viewer' },
    ])
  })

  test('keeps a command that is never run apart, with its reason', () => {
    const [, step] = guide(`${fence}sh\nENVIRONMENT=a\n${fence}\n${fence}sh not-executed="needs an account"\nterraform apply\n${fence}\n`).steps
    expect(step).toMatchObject({ notExecuted: 'needs an account' })
  })

  test('takes no text of another heading, or behind another block, for what a command prints', () => {
    const { steps } = guide(`${fence}sh\na\n${fence}\n${fence}yaml\nb: 1\n${fence}\n${fence}text\nc\n${fence}\n`)
    expect(steps[0]?.expected).toBeUndefined()
  })

  test.each([
    ['no front matter', '# x\n', 'expected docs/x.md to begin with front matter between lines of "---" (audience, minutes, needs, fill), but it does not'],
    ['an unknown mark', `${front}${fence}sh later\na\n${fence}\n`, 'expected the fence of docs/x.md:7 to carry exit=N, as=WHO, for=PROFILE, clean-up or not-executed="why", got later'],
    ['a mark without its value', `${front}${fence}sh not-executed\na\n${fence}\n`, 'got not-executed'],
    ['an open fence', `${front}${fence}sh\na\n`, 'expected the fence of docs/x.md:7 to be closed, but it is not'],
    ['nothing to run', `${front}${fence}text\na\n${fence}\n`, 'expected docs/x.md to hold commands in fences of the kind sh, but there is none to run'],
    ['a front matter of another shape', '---\nminutes: 0\n---\n', 'expected the front matter of docs/x.md to hold audience, minutes, needs and fill, but audience:'],
  ])('refuses %s', (_, text, message) => {
    expect(() => parseGuide(text, 'x.md')).toThrow(message)
  })
})

describe('filled', () => {
  test('puts the reader\'s value where the guide assigns an example', () => {
    const { steps } = filled(guide(`${fence}sh\nexport ENVIRONMENT=staging   # yours\necho $ENVIRONMENT\n${fence}\n`), { ENVIRONMENT: 'production' })
    expect(steps[0]?.command).toBe('export ENVIRONMENT=production   # yours\necho $ENVIRONMENT')
  })

  test('quotes a value of several words, and takes the place of all the words of the example', () => {
    const { steps } = filled(guide(`${fence}sh\nENVIRONMENT="one of ours"\necho $ENVIRONMENT\n${fence}\n`), { ENVIRONMENT: 'it\'s ours' })
    expect(steps[0]?.command).toBe('ENVIRONMENT=\'it\'\\\'\'s ours\'\necho $ENVIRONMENT')
  })

  test('refuses a value that is missing, and one that no command assigns', () => {
    expect(() => filled(guide(`${fence}sh\nENVIRONMENT=a\n${fence}\n`), {})).toThrow('expected a value for each of what docs/teams/x.md asks to fill in, but ENVIRONMENT have none')
    expect(() => filled(guide(`${fence}sh\necho $ENVIRONMENT\n${fence}\n`), { ENVIRONMENT: 'a' })).toThrow('expected docs/teams/x.md to assign ENVIRONMENT, which it asks to fill in, in one of its commands (ENVIRONMENT=…), but none does')
  })
})

describe('sectionOf', () => {
  const whole = guide(`${fence}sh\nENVIRONMENT=staging\n${fence}\n\n## Second\n\n${fence}sh\ntrue\n${fence}\n`)

  test('keeps the commands below a heading, and asks for what they assign only', () => {
    expect(sectionOf(whole, 'Second')).toMatchObject({ fill: {}, steps: [{ command: 'true' }] })
    expect(sectionOf(whole, 'First')).toMatchObject({ fill: { ENVIRONMENT: 'your environment' }, steps: [{ command: 'ENVIRONMENT=staging' }] })
  })

  test('refuses a heading without commands', () => {
    expect(() => sectionOf(whole, 'Third')).toThrow('expected docs/teams/x.md to hold commands below the heading "Third", but its headings with commands are First, Second')
  })
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { repository } from '../../../fixtures/sandbox/paths.ts'
import { allDrills, drillCase } from '../../../suites/intent/drills.ts'
import { parseGuide, sectionOf } from '../../../suites/lib/guides/guide.ts'
import { beforeStart, drillInWords, drillsNamed } from './listing.ts'

const drill = { name: 'node-loss', title: 'a node is lost', requirements: ['US-003.3'], touches: ['node1'], aborts: ['the drain hangs'], minutes: 5, seconds: 120, runbook: { file: 'a.md', heading: 'B' }, targets: ['sandbox'] } as const

describe('every drill of the list', () => {
  test.each(allDrills.map((one) => [one.name, one] as const))('%s has a case of the profile gameday with the requirements that the list says', (name, one) => {
    const source = readFileSync(join(repository, 'suites', `${drillCase(one)}.test.ts`), 'utf8')
    const [, tags = ''] = /tags: \[([^\]]*)\], meta: \{ profile: 'gameday' \}/.exec(source) ?? []
    expect(tags.split(',').map((tag) => tag.trim().replaceAll('\'', ''))).toEqual([...one.requirements])
    expect(name).toMatch(/^[a-z0-9-]+$/)
  })

  test.each(allDrills.map((one) => [one.name, one] as const))('%s has a runbook with commands below the heading that the list says', (_, { runbook: { file, heading } }) => {
    const guide = parseGuide(readFileSync(join(repository, 'docs', file), 'utf8'), file)
    expect(heading === undefined ? guide.steps : sectionOf(guide, heading).steps).not.toEqual([])
  })

  test('names are unique', () => {
    expect(new Set(allDrills.map(({ name }) => name)).size).toBe(allDrills.length)
  })
})

test('an unknown name is a sentence that lists the names', () => {
  expect(() => drillsNamed(['node-los'], [drill])).toThrow('No drill is called "node-los": expected one of node-loss. Did you mean node-loss?')
  expect(drillsNamed(['node-loss'], [drill])).toEqual([drill])
})

test('people are told what is touched, when it is ended and how long it takes', () => {
  expect(drillInWords(drill)).toEqual([
    'node-loss  a node is lost',
    '    takes     about 5 min, of which its way back may take 2 min',
    '    touches   node1',
    '    is ended  when a packet is delivered in a denied cell of the traffic table; an environment is out of reach for more than 10 s on end, unless the drill says that it suffers; the drain hangs',
    '    runbook   docs/a.md, "B"',
    '    proves    US-003.3 (on sandbox only)',
  ])
  expect(beforeStart([drill], 'lke', { operator: null, witness: 'ada' }).at(-1)).toBe('On lke, about 5 min in all. Held by nobody who was named (--operator), seen by ada. Everything is put back; should this process be killed, by `npx plumbline drill --restore`.')
})

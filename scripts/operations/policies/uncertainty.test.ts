import { expect, test } from 'vitest'
import type { Evaluate } from './evaluate.ts'
import { gapsIn } from './uncertainty.ts'

const plan = { resource_changes: [{ address: 'b', change: { after: { acl: 'private', rules: [{ ports: ['22'] }] }, after_unknown: {} } }] }

/** A rule about `acl`, written by somebody who thought of unknown values, or who did not. */
function ruleAbout(careful: boolean): Evaluate {
  return (_, document) => {
    const { after: { acl } = {}, after_unknown: { acl: open } = {} } = (document as { resource_changes: [{ change: { after?: { acl?: string | null }, after_unknown?: { acl?: boolean } } }] }).resource_changes[0].change
    const unknown = open === true ? [{ subject: 'b', depends_on: 'acl' }] : []
    return new Map([['private', { subjects: ['b'], deny: acl !== undefined && acl !== 'private' ? [{ subject: 'b', found: String(acl) }] : [], unknown: careful ? unknown : [] }]])
  }
}

test('a rule that allows what it cannot know is found, with a value that it would have denied', () => {
  expect(gapsIn(plan, ruleAbout(false))).toEqual([{ rule: 'private', subject: 'b', path: 'b.acl', deniedWith: 'null' }])
})

test('a rule that says unknown, and values that no rule reads, are no gaps', () => {
  expect(gapsIn(plan, ruleAbout(true))).toEqual([])
})

test('what lies in something that is not known is not known either', () => {
  const evaluate: Evaluate = (_, document) => {
    const text = JSON.stringify(document)
    return new Map([['ports', { subjects: ['b'], deny: text.includes('"ports":["*"]') ? [{ subject: 'b', found: '*' }] : [], unknown: [] }]])
  }
  expect(gapsIn(plan, evaluate).map(({ path }) => path)).toEqual(['b.rules', 'b.rules.0', 'b.rules.0.ports', 'b.rules.0.ports.0'])
})

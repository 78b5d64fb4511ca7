import { expect, test } from 'vitest'
import { countsOf, judge } from './judge.ts'
import { answers, bucketRule, judging, tlsRule, waiver } from './sample.fixture.ts'
import { judgementInWords } from './words.ts'

const documents = { plan: [{}] }

test('every resource gets one verdict per rule, and what was found goes into the message as it is', () => {
  const { findings, problems } = judge(documents, judging(answers))
  expect(findings).toEqual([
    { rule: bucketRule, document: 0, subject: 'b', verdict: 'deny', message: 'a bucket is to be read with a key only, but its access is $& public' },
    { rule: bucketRule, document: 0, subject: 'a', verdict: 'allow' },
    { rule: tlsRule, document: 0, subject: 'd', verdict: 'unknown', dependsOn: 'ssl_connection' },
  ])
  expect(problems).toEqual([])
  expect(countsOf(findings)).toEqual({ denied: 1, waived: 0, unknown: 1, allowed: 1 })
})

test('a denial outweighs what is not known, and nothing unknown is allowed', () => {
  const both = { bucket_private: { subjects: ['a'], deny: [{ subject: 'a', found: 'x' }], unknown: [{ subject: 'a', depends_on: 'acl' }] } }
  expect(judge(documents, judging(both)).findings.map(({ verdict }) => verdict)).toEqual(['deny'])
})

test('a kind of document that was not given is not judged', () => {
  expect(judge({ manifests: [{}] }, judging(answers)).findings).toEqual([])
})

test('a waived check still says what it would have said', () => {
  const judgement = judge(documents, judging(answers, { waivers: [waiver] }))
  expect(judgement.problems).toEqual([])
  expect(judgementInWords(judgement)).toEqual([
    '~ waived until 2027-01-20 by bob (CHG-7): plan/bucket_private (high, NFR-002): b: a bucket is to be read with a key only, but its access is $& public. Set `acl`.',
    '? plan/database_tls: d: ssl_connection is not known before the apply; the case datastore/tls-demanded looks at it afterwards',
    '2 policies, 3 verdicts: 0 denied, 1 waived, 1 unknown, 1 allowed.',
  ])
})

test.each([
  ['expired', { expires: '2026-11-30' }, 'The waiver CHG-7 of plan/bucket_private for b expired on 2026-11-30. Mend what it waived, or have ann ask for another.'],
  ['about a rule that is not there', { rule: 'plan/nothing' }, 'The waiver CHG-7 of plan/nothing for b names a rule that is not there. Take it out, or put the name right.'],
  ['about what is not denied', { subject: 'a' }, 'The waiver CHG-7 of plan/bucket_private for a meets nothing that is denied. Take it out: it would hide the next mistake there.'],
])('a waiver %s is a problem and waives nothing', (_, change, problem) => {
  const { findings, problems } = judge(documents, judging(answers, { waivers: [{ ...waiver, ...change }] }))
  expect(problems).toEqual([problem])
  expect(countsOf(findings).denied).toBe(1)
})

test('a part of the platform need not meet every waiver, and a waiver of the future waives nothing yet', () => {
  expect(judge(documents, judging(answers, { waivers: [{ ...waiver, subject: 'z' }], whole: false })).problems).toEqual([])
  expect(countsOf(judge(documents, judging(answers, { waivers: [{ ...waiver, from: '2026-12-02' }] })).findings).denied).toBe(1)
})

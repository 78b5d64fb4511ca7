import { expect, test } from 'vitest'
import type { Origin } from './documents.ts'
import type { Finding } from './judge.ts'
import { takenInWords, takenOf, unjudgedInWords } from './looked-at.ts'
import { bucketRule } from './sample.fixture.ts'

const origin = (kind: Origin['kind'], file: string, more: Partial<Origin> = {}): Origin => ({ kind, file, document: 0, line: undefined, ...more })
const about = (room: Finding['rule']['room'], subject: string, document = 0): Finding => ({ rule: { ...bucketRule, room }, subject, document, verdict: 'allow' })

test('each file is told with what it was taken for, and a verdict belongs to the file that it is about', () => {
  const origins = [
    origin('plan', 'p.json'), origin('plan', 'empty.json', { document: 1 }), origin('workflow', 'w.yml'), origin('workflow', 'w.yml2'), origin('releases', 'r.yaml'),
    origin('manifests', 'm.yaml', { subject: 'Role a/b' }), origin('manifests', 'm.yaml', { subject: 'Role a/c' }), origin('manifests', 'n.yaml', { subject: 'Odd x' }),
  ]
  const taken = takenOf(origins, [about('plan', 'x'), about('pipeline', 'w.yml jobs.a'), about('pipeline', 'r.yaml'), about('manifests', 'Role a/c')])
  expect(taken.map(({ file, verdicts }) => [file, verdicts])).toEqual([['p.json', 1], ['empty.json', 0], ['w.yml', 1], ['w.yml2', 0], ['r.yaml', 1], ['m.yaml', 1], ['n.yaml', 0]])
  expect(takenInWords(taken)).toEqual([
    'taken for a Terraform plan: p.json, empty.json',
    'taken for 3 Kubernetes objects: m.yaml, n.yaml',
    'taken for a workflow of GitHub Actions: w.yml, w.yml2',
    'taken for a release list: r.yaml',
  ])
  expect(unjudgedInWords(taken)).toEqual(['empty.json was taken for a Terraform plan', 'w.yml2 was taken for a workflow of GitHub Actions', 'n.yaml was taken for Kubernetes objects'].map((file) => `${file}, but no policy looks at anything in it, so nothing is known about it. Leave it out, or write a policy (docs/platform/policies.md).`))
})

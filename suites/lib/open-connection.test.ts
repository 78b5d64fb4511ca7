import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openConnections } from '../intent/segmentation.ts'
import { suitesFolder } from './case-id.ts'
import { fateOf, unlikeGuide, unseen } from './open-connection.ts'
import type { OpenConnection } from './probes/open-connection.ts'

const at = (answers: number, silent = false): OpenConnection['denied'] => ({ now: '2026-11-28T09:00:00Z', attempts: 100, delivered: 50, open: false, held: { established: true, answers, silent } })
const stayed: OpenConnection = { engine: 'Calico v3', end: 'ingress', denied: at(10), later: at(60), ended: at(70, true) }

test('a connection that is answered on and on stays, one that falls silent is cut, and a few answers more say nothing', () => {
  expect([fateOf(stayed), fateOf({ ...stayed, later: at(12, true) }), fateOf({ ...stayed, later: at(49) })]).toEqual(['stay', 'cut', 'unclear'])
  expect(unlikeGuide([stayed])).toEqual([])
  expect(unseen([{ ...stayed, later: at(49) }])).toHaveLength(1)
})

test('what is not as the guide tells people is found', () => {
  expect(unlikeGuide([{ ...stayed, later: at(12, true) }])).toEqual([
    'expected a connection that was open before a denial of ingress to stay, as docs/platform/network-override.md tells people, but it was cut (2 answers after the denial, Calico v3); correct the guide',
  ])
  expect(unlikeGuide([{ ...stayed, ended: at(200) }])[0]).toContain('to be cut when the pod at its end is ended')
  expect(unlikeGuide([{ ...stayed, later: { ...at(60), delivered: 51 } }])[0]).toContain('expected no new flow to be delivered')
})

test('the guide says what the intent says', async () => {
  expect(await readFile(join(suitesFolder, '..', openConnections.guide), 'utf8')).toContain(openConnections.sentence)
})

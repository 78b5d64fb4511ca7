import { describe, expect, it, test } from 'vitest'
import type { CaseResult, Evidence, Results } from '../../model/results.ts'
import { total } from '../../model/counts.ts'
import { verdicts } from '../../model/verdict.ts'
import { canonicalJson } from '../../sealing/canonical.ts'
import { sha256 } from '../../sealing/digest.ts'
import { assessmentResultsOf } from './assessment-results.ts'
import { catalogOf } from './catalog.ts'
import { findingsOf } from './findings.ts'
import { methodsOf, observationsOf } from './observations.ts'
import { planOf } from './plan.ts'
import { poamOf } from './poam.ts'
import { itemsOf, readItems } from './reading.ts'
import { documentsOf, resultsOf, samples } from './samples.ts'
import type { Property } from './types.ts'

const sample = (name: string) => samples[name]?.() ?? expect.unreachable()
const values = (props: readonly Property[] | undefined, name: string) => (props ?? []).filter((one) => one.name === name).map(({ value }) => value)

describe('the catalog', () => {
  it('has every requirement once, by kind, and scenarios below their story', () => {
    const { groups = [] } = catalogOf(sample('every verdict, a raw file'))
    expect(groups.map(({ id, controls }) => [id, controls.length])).toEqual([['group_story', 3], ['group_functional', 10], ['group_non-functional', 9], ['group_success', 7]])
    expect(groups[0]?.controls[0]?.controls?.map(({ id }) => id)).toEqual(['US-001.1', 'US-001.2', 'US-001.3', 'US-001.4'])
    expect(groups[1]?.controls[1]).toMatchObject({ id: 'FR-002', links: [{ href: '#US-001', rel: 'related' }, { href: '#US-002', rel: 'related' }], parts: [{ id: 'FR-002_smt', name: 'statement' }] })
  })
})

describe('the plan', () => {
  it('has an activity per requirement with a step per case, and a task per case', () => {
    const results = sample('every verdict, a raw file')
    const plan = planOf(results)
    expect(plan['local-definitions'].activities?.map(({ title, steps }) => `${title}: ${steps?.length ?? 0}`).slice(13, 16)).toEqual(['Prove US-003.4: 0', 'Prove FR-001: 2', 'Prove FR-002: 1'])
    expect(plan.tasks?.flatMap(({ props }) => values(props, 'case'))).toEqual(results.cases.map(({ id }) => id))
    expect(plan['reviewed-controls']['control-selections'][0]['exclude-controls']?.some((one) => one['control-id'] === 'FR-004')).toBe(true)
  })

  it('says what a filter left out', () => {
    const { parts } = planOf(resultsOf({ filters: { only: ['FR-001'], skip: ['slo/a', 'slo/b'] } }))['terms-and-conditions']
    expect(parts[1]).toEqual({ name: 'assessment-exclusions', prose: 'Only FR-001 was run. slo/a, slo/b was left out. The run is partial.' })
  })
})

describe('a finding', () => {
  it('is satisfied for the verdict satisfied alone, and carries the exact verdict', () => {
    const results = sample('every verdict, a raw file')
    const found = new Map(findingsOf(results).map(({ props, target: { status } }) => [values(props, 'verdict')[0], `${status.state} ${status.reason}`]))
    expect([...found].toSorted()).toEqual([
      ['indeterminate', 'not-satisfied other'], ['not-applicable', 'not-satisfied other'], ['not-run', 'not-satisfied other'], ['satisfied', 'satisfied pass'],
      ['stale', 'not-satisfied other'], ['violated', 'not-satisfied fail'], ['waived', 'not-satisfied other'],
    ])
    expect(found.size).toBe(verdicts.length)
  })

  it('is there once per requirement, in the numbers of the results', () => {
    const results = sample('every verdict, a raw file')
    const states = findingsOf(results).map(({ target }) => target.status.state)
    expect([states.length, states.filter((state) => state === 'satisfied').length]).toEqual([total(results.counts.requirements), results.counts.requirements.satisfied])
  })

  it('names the cases that were not run, and why', () => {
    const finding = findingsOf(sample('every verdict, a raw file')).find(({ title }) => title.startsWith('FR-002'))
    expect(finding).toMatchObject({ title: 'FR-002 is not run', description: 'the access guide works as written: left out by the profile nightly' })
    expect(finding?.props.find(({ name }) => name === 'case-not-run')).toMatchObject({ value: 'access/guide', remarks: 'left out by the profile nightly' })
    expect(finding).not.toHaveProperty('related-observations')
  })

  it('of a story rests on the observations of its scenarios', () => {
    const results = sample('every verdict, a raw file')
    const related = (title: string) => findingsOf(results).find((one) => one.title.startsWith(`${title} `))?.['related-observations']
    expect(related('US-003')).toEqual(related('US-003.1'))
    expect(related('US-003')).toHaveLength(1)
  })

  it('says how a quarterly proof stands', () => {
    const [rollback, drill] = ['NFR-007', 'SC-007'].map((id) => findingsOf(sample('drills, waivers, unknowns')).find(({ title }) => title.startsWith(id))?.props)
    expect(rollback?.filter(({ name }) => name.startsWith('quarterly')).map(({ name, value, remarks }) => [name, value, remarks])).toEqual([['quarterly-stale', 'true', 'Proved again with: npx plumbline drill terraform-rollback']])
    expect(values(drill, 'quarterly-expires')).toEqual(['2026-02-23T02:01:00.000Z'])
  })
})

describe('an observation', () => {
  it('is there for every case that was looked at, and for none that was not run', () => {
    const results = sample('every verdict, a raw file')
    const observed = observationsOf(results).map(({ props }) => `${values(props, 'case')[0] ?? ''} ${values(props, 'verdict')[0] ?? ''}`)
    expect(observed).toEqual(results.cases.filter(({ verdict }) => verdict !== 'not-run').map(({ id, verdict }) => `${id} ${verdict}`))
    expect(results.counts.cases['not-run']).toBe(1)
  })

  it('leads to the place in results.json, or to a raw file and its digest', () => {
    const results = sample('every verdict, a raw file')
    const place = results.cases.findIndex(({ id }) => id === 'pipeline/lock')
    const [, raw = expect.unreachable()] = results.cases[place]?.evidence.map((one) => one.raw) ?? []
    const lock = observationsOf(results).find(({ links }) => links?.[0]['resource-fragment'] === `/cases/${place}`)
    const evidence = lock?.['relevant-evidence']?.map(({ href, links }) => [href, links?.[0].href]) ?? []
    const resources = new Map(assessmentResultsOf(results)['back-matter']?.resources.map(({ uuid, rlinks: [{ href, hashes: [{ value }] }] }) => [`#${uuid}`, [href, value]]))
    expect(evidence.map(([href]) => href)).toEqual([`results.json#/cases/${place}/evidence/0`, raw.path])
    expect(evidence.map(([, link = '']) => resources.get(link))).toEqual([['results.json', sha256(canonicalJson(results))], [raw.path, raw.sha256]])
  })

  it('was collected when the last of it was seen, else when the case began, else by the end of the run', () => {
    const seen = (at: string): Evidence => ({ kind: 'command', title: 'seen', at, data: 1 })
    const one = (id: string, evidence: Evidence[], more: Partial<CaseResult> = {}): CaseResult => ({ id, file: 'f', title: 't', requirements: ['FR-001'], verdict: 'violated', evidence, ...more })
    const startedAt = '2025-11-23T02:00:07Z'
    const results = resultsOf({ cases: [one('a', [seen('2025-11-23T02:01:00Z'), seen('2025-11-23T02:00:30.5Z')], { startedAt }), one('b', [], { startedAt }), one('c', [])] })
    expect(observationsOf(results).map(({ collected }) => collected)).toEqual(['2025-11-23T02:01:00.000Z', '2025-11-23T02:00:07.000Z', '2025-11-23T02:02:41.907Z'])
  })

  it('expires when it is of a drill that proves something for a quarter, and of this run', () => {
    const results = sample('drills, waivers, unknowns')
    const expiries = (of: Results) => observationsOf(of).map(({ expires }) => expires)
    expect(expiries(results)).toEqual(['2026-02-23T02:01:00.000Z', undefined])
    const elsewhere = (results.quarterly ?? []).map((one) => ({ ...one, runId: '01K9Q4T5V8Z3N6M2R7X1C0B4D9' }))
    expect(expiries({ ...results, quarterly: elsewhere })).toEqual([undefined, undefined])
    const { quarterly, ...silent } = results
    expect([quarterly?.length, expiries(silent)]).toEqual([2, [undefined, undefined]])
  })

  it.each([
    [['observation', 'chart'], ['EXAMINE']], [['policy'], ['EXAMINE']], [['reachability', 'command', 'timing', 'drill'], ['TEST']], [['observation', 'timing'], ['EXAMINE', 'TEST']], [[], ['TEST']],
  ] as const)('with evidence of kinds %j was made by %j', (kinds, methods) => {
    expect(methodsOf(kinds.map((kind) => ({ kind, title: 'x', at: '2025-11-23T02:01:00Z', data: 1 })))).toEqual(methods)
  })

  it('of an access matrix was made by attempts', () => {
    expect(methodsOf([{ kind: 'observation', title: 'x', at: '2025-11-23T02:01:00Z', data: { rows: [], cells: [], seconds: 1 } }])).toEqual(['TEST'])
  })
})

describe('the plan of action', () => {
  it('has an item per requirement that is violated, indeterminate or waived, and no file when there is none', () => {
    const results = sample('every verdict, a raw file')
    const { violated, indeterminate, waived } = results.counts.requirements
    const items = poamOf(results)?.['poam-items'] ?? []
    expect(items.map(({ props }) => values(props, 'verdict')[0]).toSorted()).toEqual([...Array<string>(indeterminate).fill('indeterminate'), ...Array<string>(violated).fill('violated'), ...Array<string>(waived).fill('waived')])
    expect(documentsOf(sample('nothing open')).has('poam.oscal.json')).toBe(false)
  })

  it('has each waiver of a policy with its owner, approver and last day', () => {
    const poam = poamOf(sample('drills, waivers, unknowns'))
    expect(poam?.['poam-items'].map(({ title, description }) => [title, description])[0]).toEqual(['plan/bucket\\_private is waived for module.a', 'moves next month (CHG-7). ann mends it, bob allowed it until the end of 2027-01-20. The policy says: Set \\`acl\\`.'])
    expect(poam?.risks?.map(({ status, deadline }) => [status, deadline])).toEqual([['deviation-approved', '2027-01-20T23:59:59.000Z'], ['deviation-approved', undefined]])
  })
})

test.each(Object.entries(samples))('the same results have the same bytes (%s)', (_, make) => {
  const results = make()
  const again: unknown = JSON.parse(canonicalJson(results))
  expect(documentsOf(again as Results)).toEqual(documentsOf(results))
})

describe.each(Object.entries(samples))('rules of OSCAL 1.2.2 that its JSON Schema does not have hold (%s)', (_, make) => {
  const items = [...documentsOf(make())].flatMap(([name, content]) => [readItems(name, content)].flatMap((read) => (typeof read === 'string' ? [] : read)))
  const of = (place: string) => items.filter((item) => item.place === place).map(({ fields }) => fields)
  const names = (fields: Readonly<Record<string, unknown>>, list: string) => itemsOf(fields[list]).map((item) => item.fields['name'])

  it('a property without a namespace is one that OSCAL names', () => {
    const owners = items.flatMap(({ place, fields }) => itemsOf(fields['props']).filter((one) => one.fields['ns'] === undefined).map((one) => `${place} ${String(one.fields['name'])}`))
    expect([...new Set(owners)].filter((one) => one !== 'controls label' && one !== 'activities method')).toEqual([])
  })

  it('a control has a statement, an activity a method, a resource a place', () => {
    expect(of('controls').filter((one) => !names(one, 'parts').includes('statement'))).toEqual([])
    expect(of('activities').filter((one) => !names(one, 'props').includes('method'))).toEqual([])
    expect(of('resources').filter((one) => itemsOf(one['rlinks']).length === 0)).toEqual([])
  })

  it('ids of controls, groups and parts are unique, and so are properties and links of the metadata', () => {
    const ids = ['groups', 'controls', 'parts'].flatMap(of).flatMap(({ id }) => (typeof id === 'string' ? [id] : []))
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
    for (const list of ['props', 'links']) {
      const all = of('metadata').map((one) => itemsOf(one[list]).map(({ fields }) => canonicalJson(fields)))
      expect(all.map((own) => new Set(own).size)).toEqual(all.map((own) => own.length))
    }
  })
})

test('the UUIDs of another run are others', () => {
  const uuids = (runId: string) => new Set([...documentsOf({ ...sample('every verdict, a raw file'), runId }).values()].join('').match(/"uuid":"[^"]+"/g))
  const [one, other] = [uuids('01K9Q4T5V8Z3N6M2R7X1C0B4D1'), uuids('01K9Q4T5V8Z3N6M2R7X1C0B4D2')]
  expect(one.size).toBeGreaterThan(100)
  expect([...one].filter((uuid) => other.has(uuid))).toEqual([])
})

import type { Results } from '../../model/results.ts'
import { canonicalJson } from '../../sealing/canonical.ts'
import { sha256 } from '../../sealing/digest.ts'
import { uuidOf } from './identity.ts'
import { line, markup, moment } from './text.ts'
import type { AssessmentAssets, Component, Filled, Link, Metadata, Origin, Property, Resource, Subject } from './types.ts'

export const oscalVersion = '1.2.2'

/** Namespace of every property of ours. A property without one is OSCAL's own and only where OSCAL names it. */
export const namespace = 'https://plumbline.dev/ns/oscal'

export const fileNames = {
  catalog: 'catalog.oscal.json',
  plan: 'assessment-plan.oscal.json',
  results: 'assessment-results.oscal.json',
  poam: 'poam.oscal.json',
} as const

export const resultsName = 'results.json'

export function prop(name: string, value: string, remarks?: string): Property {
  return { name, ns: namespace, value: line(value), ...(remarks === undefined ? {} : { remarks: markup(remarks) }) }
}

/** `{ [name]: items }`, or nothing at all when there are none: OSCAL has no empty arrays. */
export function some<Name extends string, Item>(name: Name, items: readonly Item[]): { readonly [key in Name]?: Filled<Item> } {
  return (items.length === 0 ? {} : { [name]: items }) as { readonly [key in Name]?: Filled<Item> }
}

/** Who the run is, in every document: `run-id`, `target`, `profile`. */
export function metadataOf(results: Results, title: string, links: readonly Link[] = []): Metadata {
  const { runId, target, profile, finishedAt, scope } = results
  return {
    'title': markup(`${title}, run ${runId}`),
    'last-modified': moment(finishedAt),
    'version': line(runId),
    'oscal-version': oscalVersion,
    'props': [prop('run-id', runId), prop('target', target), prop('profile', profile)],
    ...some('links', links),
    'remarks': markup(`Rendered from ${resultsName}, which is the source of everything in here. ${scope}`),
  }
}

interface FileFacts { readonly path: string, readonly sha256: string, readonly title: string, readonly description?: string }

/** A file of the run folder, bound by its digest. */
export function resourceOf(results: Results, { path, sha256: value, title, description }: FileFacts): Resource {
  return {
    uuid: uuidOf(results, 'resource', path),
    title: markup(title),
    ...(description === undefined ? {} : { description: markup(description) }),
    rlinks: [{ 'href': hrefOf(path), 'media-type': 'application/json', 'hashes': [{ algorithm: 'SHA-256', value }] }],
  }
}

/** Of the results as publishing writes them, taken once: every document but the catalog names it, and each renders those before it. */
const digestsOfResults = new WeakMap<Results, string>()

function digestOfResults(results: Results): string {
  const digest = digestsOfResults.get(results) ?? sha256(canonicalJson(results))
  digestsOfResults.set(results, digest)
  return digest
}

/** results.json as publishing writes it. */
export function resultsResource(results: Results): Resource {
  return resourceOf(results, { path: resultsName, sha256: digestOfResults(results), title: 'Results of the run', description: 'The facts and verdicts of which every other file of the run is a rendering.' })
}

export function documentResource(results: Results, path: string, content: string, title: string): Resource {
  return resourceOf(results, { path, sha256: sha256(content), title })
}

/** A relative reference to a file beside the document. */
export function hrefOf(path: string): string {
  return encodeURI(path.toWellFormed())
}

export function toResource(results: Results, path: string): Link {
  return { href: `#${uuidOf(results, 'resource', path)}`, rel: 'reference' }
}

/** Where in results.json something is: a JSON pointer as the fragment of the resource. */
export function inResults(results: Results, pointer: string): Link {
  return { ...toResource(results, resultsName), 'resource-fragment': pointer }
}

/** What was under test. */
export function platformComponent(results: Results): Component {
  return {
    uuid: uuidOf(results, 'component', 'platform'),
    type: 'this-system',
    title: 'Platform under test',
    description: markup(`The platform on the target ${results.target}: cluster, releases and state as results.json has them under platform.`),
    props: [prop('target', results.target)],
    links: [inResults(results, '/platform')],
    status: { state: 'other', remarks: 'Whether it does what its specification says is what the findings are about.' },
  }
}

/** What tested it. */
export function assessmentAssets(results: Results): AssessmentAssets {
  const known = (name: string) => (typeof results.verifier[name] === 'string' ? [prop(name, results.verifier[name])] : [])
  const tool: Component = {
    uuid: uuidOf(results, 'component', 'verifier'),
    type: 'software',
    title: 'Plumbline',
    description: 'The verification suite that ran the cases.',
    ...some('props', [...known('plumbline'), ...known('commit'), ...known('node')]),
    links: [inResults(results, '/verifier')],
    status: { state: 'operational' },
  }
  return {
    'components': [tool],
    'assessment-platforms': [{
      'uuid': uuidOf(results, 'assessment-platform', 'host'),
      'title': 'Machine that ran Plumbline',
      'links': [inResults(results, '/verifier')],
      'uses-components': [{ 'component-uuid': tool.uuid }],
    }],
  }
}

/** The cases observe by themselves; no person is behind an observation. */
export function actors(results: Results): Origin['actors'] {
  return [{ 'type': 'tool', 'actor-uuid': uuidOf(results, 'component', 'verifier') }]
}

export function platformSubject(results: Results): Subject {
  return { 'subject-uuid': uuidOf(results, 'component', 'platform'), 'type': 'component' }
}

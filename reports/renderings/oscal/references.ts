import { resultsName } from './document.ts'
import { isObject, readItems, type Item } from './reading.ts'

/** Where the thing is defined that a member refers to by its UUID. */
const definedIn: Readonly<Record<string, string>> = {
  'observation-uuid': 'observations',
  'finding-uuid': 'findings',
  'risk-uuid': 'risks',
  'activity-uuid': 'activities',
  'task-uuid': 'tasks',
  'subject-uuid': 'components',
  'component-uuid': 'components',
  'actor-uuid': 'components',
}

export interface RunFolder {
  /** Content of the OSCAL documents of the folder, by name. */
  readonly documents: ReadonlyMap<string, string>
  /** SHA-256 of every file of the folder, by path; as MANIFEST.json has them. */
  readonly digests: ReadonlyMap<string, string>
  /** What results.json holds, for references to a place in it. */
  readonly results: unknown
}

interface Reading {
  readonly name: string
  readonly items: readonly Item[]
  /** `<place> <uuid>` of everything defined here. */
  readonly defined: ReadonlySet<string>
}

interface World extends RunFolder {
  readonly readings: readonly Reading[]
  /** Ids of controls and of their parts, of the catalog. */
  readonly controls: ReadonlySet<string>
  readonly statements: ReadonlySet<string>
}

/**
 * What the JSON Schema of OSCAL cannot say: that no UUID is given twice in a document, that every UUID, control, statement and href leads to what it names, and that
 * every digest is that of the file. One sentence per fault; none when all is well. A document may refer to things of itself, and assessment results to those of their plan.
 */
export function referenceFaults(folder: RunFolder): readonly string[] {
  const unreadable: string[] = []
  const readings = [...folder.documents].flatMap(([name, content]) => {
    const items = readItems(name, content)
    if (typeof items === 'string') unreadable.push(items)
    return typeof items === 'string' ? [] : [{ name, items, defined: definitions(items) }]
  })
  const all = readings.flatMap(({ items }) => items)
  const ids = (place: string) => new Set(all.filter((item) => item.place === place).flatMap(({ fields: { id } }) => (typeof id === 'string' ? [id] : [])))
  const world = { ...folder, readings, controls: ids('controls'), statements: ids('parts') }
  return [...unreadable, ...readings.flatMap((reading) => [...repeated(reading), ...reading.items.flatMap((item) => faultsOf(item, reading, world))])]
}

function definitions(items: readonly Item[]): ReadonlySet<string> {
  return new Set(items.flatMap(({ place, fields: { uuid } }) => (typeof uuid === 'string' ? [`${place} ${uuid}`] : [])))
}

function repeated({ name, items }: Reading): readonly string[] {
  const uuids = items.flatMap(({ fields: { uuid } }) => (typeof uuid === 'string' ? [uuid] : []))
  const twice = new Set(uuids.filter((uuid, index) => uuids.indexOf(uuid) !== index))
  return [...twice].map((uuid) => `${name} gives the UUID ${uuid} more than once.`)
}

function faultsOf({ place, fields }: Item, reading: Reading, world: World): readonly string[] {
  const broken = Object.entries(fields).flatMap(([name, value]) => brokenReferences(name, value, reading, world))
  const href = typeof fields['href'] === 'string' ? [...hrefFaults(fields['href'], fields['resource-fragment'], reading, world), ...hashFaults(fields['href'], fields['hashes'], world)] : []
  return [...broken, ...href].map((fault) => `${reading.name}: ${fault} (${place}).`)
}

function brokenReferences(name: string, value: unknown, { name: document, defined }: Reading, { readings, controls, statements }: World): readonly string[] {
  const place = definedIn[name]
  const named = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string')
  const unknown = (known: (id: string) => boolean) => named.filter((id) => !known(id)).map((id) => `${name} ${id} leads to nothing`)
  if (place !== undefined) return unknown((id) => [defined, ...imported(document, readings)].some((all) => all.has(`${place} ${id}`)))
  if (name === 'control-id') return unknown((id) => controls.has(id))
  if (name === 'statement-ids' || name === 'target-id') return unknown((id) => statements.has(id))
  return []
}

/** Assessment results may speak of the components, activities and tasks of their plan. */
function imported(document: string, readings: readonly Reading[]): readonly ReadonlySet<string>[] {
  const imports = readings.find(({ name }) => name === document)?.items.some(({ place }) => place === 'import-ap') ?? false
  return imports ? readings.filter(({ items }) => items.some(({ place }) => place === 'assessment-plan')).map(({ defined }) => defined) : []
}

function hrefFaults(href: string, fragment: unknown, { items, defined }: Reading, world: World): readonly string[] {
  if (/^[a-z][a-z0-9+.-]*:/i.test(href)) return []
  if (!href.startsWith('#')) return fileFaults(href, world)
  const id = href.slice(1)
  const here = defined.has(`resources ${id}`) || items.some(({ place, fields }) => place === 'controls' && fields['id'] === id)
  if (!here) return [`href ${href} leads to nothing`]
  return typeof fragment === 'string' ? fragmentFaults(fragment, resourceHrefs(id, items), world) : []
}

function resourceHrefs(uuid: string, items: readonly Item[]): readonly unknown[] {
  const resource = items.find(({ place, fields }) => place === 'resources' && fields['uuid'] === uuid)?.fields
  return Array.isArray(resource?.['rlinks']) ? resource['rlinks'].filter(isObject).map(({ href }) => href) : []
}

function fragmentFaults(fragment: string, hrefs: readonly unknown[], { results }: World): readonly string[] {
  return hrefs.includes(resultsName) && !isThere(results, fragment) ? [`${resultsName} has nothing at ${fragment}`] : []
}

function fileFaults(href: string, { digests, results }: World): readonly string[] {
  const [path = '', pointer] = href.split('#')
  if (!digests.has(decodeURI(path))) return [`href ${href} leads to no file of the run`]
  return pointer !== undefined && path === resultsName && !isThere(results, pointer) ? [`${resultsName} has nothing at ${pointer}`] : []
}

function hashFaults(href: string, hashes: unknown, { digests }: World): readonly string[] {
  const stated = Array.isArray(hashes) ? hashes.filter(isObject) : []
  const found = digests.get(decodeURI(href))
  return stated.filter(({ algorithm, value }) => algorithm !== 'SHA-256' || value !== found).map(({ value }) => `${href} has the SHA-256 ${found ?? 'of no file'}, not ${String(value)}`)
}

/** Whether a JSON pointer (RFC 6901) leads somewhere. Ours have only names and places in lists. */
function isThere(value: unknown, pointer: string): boolean {
  let held = value
  for (const part of pointer.split('/').slice(1)) {
    if (typeof held !== 'object' || held === null) return false
    held = (held as Readonly<Record<string, unknown>>)[part]
  }
  return held !== undefined
}

/** One right, as RBAC writes it. `namespace`: asked in every scope of an identity; `cluster`: asked once, for no namespace. */
export interface Ask {
  verb: string
  group: string
  resource: string
  subresource?: string
  name?: string
  reach: 'namespace' | 'cluster'
}

export type CatalogueGroup = 'A' | 'B' | 'C' | 'D' | 'E' | 'F'

/** One row of the catalogue of escalations (reference/escalation-catalogue.md): what somebody asks for who wants more rights than they have. */
export interface Row {
  /** As the catalogue has it; a part of a row, or a creator of it, behind a hyphen. */
  id: string
  group: CatalogueGroup
  title: string
  /** What is won by it. */
  why: string
  /** Where the row was read: RP rbac-police, KS KubiScan, GP Kubernetes' RBAC good practices, IK IceKube, KH KubeHound, ST Stratus, BP badPods, KE Kubescape, MB mtb. */
  source: string
  /** How far it is tried beyond the access review that every row gets. */
  form: 'review' | 'dry-run' | 'real'
  /** The first is also the one that is tried. Empty where admission is asked instead (pod shapes). */
  asks: readonly Ask[]
  /** What the canary must hold beside the row's own asks for its attempt to go through. */
  needs?: readonly Ask[]
  /** The API server refuses the attempt even of who holds the asks, by a check of its own; the text that its refusal holds. */
  boundary?: string
  /** Asks of which none may come with the row's asks: the canary must be refused them. */
  withholds?: readonly Ask[]
  /** Only dangerous together: each part must be refused, or at least one of them. */
  parts?: readonly (readonly Ask[])[]
}

export const rbac = 'rbac.authorization.k8s.io'

/** Every verb on every resource (`pods`, `pods/exec`) of one API group. Verbs are separated by spaces. */
export function asks(reach: Ask['reach'], verbs: string, group: string, ...resources: readonly string[]): Ask[] {
  return resources.flatMap((whole) => verbs.split(' ').map((verb): Ask => {
    const [resource = '', subresource] = whole.split('/')
    return { verb, group, resource, ...subresource === undefined ? {} : { subresource }, reach }
  }))
}

/** The same asks about one object by name. */
export function named(name: string, list: readonly Ask[]): Ask[] {
  return list.map((ask) => ({ ...ask, name }))
}

/** `create pods/exec`, `get secrets sh.helm.release…`, `update apps/deployments`: as people say it. */
export function sayAsk({ verb, group, resource, subresource, name }: Ask): string {
  const what = `${group === '' ? '' : `${group}/`}${resource}${subresource === undefined ? '' : `/${subresource}`}`
  return `${verb} ${what}${name === undefined ? '' : ` ${name}`}`
}

type Form = Row['form']
type Rest = Pick<Row, 'title' | 'why' | 'source'> & Partial<Pick<Row, 'needs' | 'boundary' | 'withholds' | 'parts'>>

/** A row; its group is the first letter of its id. */
export function row(id: string, form: Form, list: readonly Ask[], rest: Rest): Row {
  return { id, group: groupIn(id), form, asks: list, ...rest }
}

function groupIn(id: string): CatalogueGroup {
  const letter = (['A', 'B', 'C', 'D', 'E', 'F'] as const).find((one) => id.startsWith(one))
  if (letter === undefined) throw new TypeError(`expected the id of a row to begin with a letter from A to F, got ${id}`)
  return letter
}

/** What RBAC calls a policy rule, every list present. An empty `names` means every object; `urls` are paths that belong to no resource. */
export interface Rule {
  verbs: readonly string[]
  groups: readonly string[]
  resources: readonly string[]
  names: readonly string[]
  urls: readonly string[]
}

/** One thing that is asked of the API server: `resource` as `pods` or `pods/exec`; without a namespace it is asked cluster-wide, without a name of the collection. */
export interface ResourceQuestion { verb: string, group: string, resource: string, namespace?: string | undefined, name?: string | undefined }
export type Question = ResourceQuestion | { verb: string, url: string }

/** One right out of a rule: no list, `*` where the rule says so. `scope` is a namespace; undefined is the whole cluster. */
export interface Right { verb: string, group: string, resource: string, name: string | undefined, scope: string | undefined }
/** One right on a path. Paths belong to the whole cluster. */
export interface UrlRight { verb: string, url: string }
export type Atom = Right | UrlRight

/**
 * Whether a resource in a rule takes in the one that is asked for, exactly as the authorizer does it (kubernetes
 * pkg/apis/rbac/v1/evaluation_helpers.go): `*`, the very name, or `*` before the asked subresource. `pods/*` takes in nothing.
 */
export function resourceMatches(inRule: string, asked: string): boolean {
  if (inRule === '*' || inRule === asked) return true
  const slash = asked.indexOf('/')
  return slash !== -1 && inRule === `*${asked.slice(slash)}`
}

/** A path in a rule may end in `*`, which stands for any rest. */
function urlMatches(inRule: string, asked: string): boolean {
  return inRule === '*' || inRule === asked || (inRule.endsWith('*') && asked.startsWith(inRule.slice(0, -1)))
}

export function anyOf(inRule: readonly string[], asked: string): boolean {
  return inRule.includes('*') || inRule.includes(asked)
}

/** Whether a rule allows what is asked, scope aside. */
export function ruleAllows(rule: Rule, question: Question): boolean {
  if (!anyOf(rule.verbs, question.verb)) return false
  if ('url' in question) return rule.urls.some((url) => urlMatches(url, question.url))
  return anyOf(rule.groups, question.group)
    && rule.resources.some((resource) => resourceMatches(resource, question.resource))
    && (rule.names.length === 0 || (question.name !== undefined && rule.names.includes(question.name)))
}

/** Whether a resource in a rule gives nothing at all: a star behind the slash is no wildcard. */
export function inert(resource: string): boolean {
  return resource.endsWith('/*')
}

/** The rights of a rule, one by one; what is inert is left out. In a namespace paths give nothing. */
export function atomsOf(rule: Rule, scope: string | undefined): Atom[] {
  const names = rule.names.length === 0 ? [undefined] : rule.names
  const urls = scope === undefined ? rule.verbs.flatMap((verb) => rule.urls.map((url): Atom => ({ verb, url }))) : []
  return [...urls, ...rule.verbs.flatMap((verb) => rule.groups.flatMap((group) => rule.resources.filter((resource) => !inert(resource))
    .flatMap((resource) => names.map((name): Atom => ({ verb, group, resource, name, scope })))))]
}

/** Whether one right holds another one whole: a wildcard is held by a wildcard only. */
export function holds(wide: Atom, narrow: Atom): boolean {
  if (!anyOf([wide.verb], narrow.verb)) return false
  if ('url' in wide || 'url' in narrow) return 'url' in wide && 'url' in narrow && urlMatches(wide.url, narrow.url)
  return anyOf([wide.group], narrow.group) && resourceMatches(wide.resource, narrow.resource) && reaches(wide.name, narrow.name) && reaches(wide.scope, narrow.scope)
}

/** What is not narrowed down reaches everything. */
function reaches(wide: string | undefined, narrow: string | undefined): boolean {
  return wide === undefined || wide === narrow
}

/** "list secrets", "get nodes/proxy", "* on every resource of every group". */
export function wordsOf(atom: Atom): string {
  if ('url' in atom) return `${atom.verb} ${atom.url}`
  const resource = atom.resource === '*' ? 'every resource' : atom.resource
  const group = atom.group === '*' ? ' of every group' : atom.group === '' ? '' : `.${atom.group}`
  return `${atom.verb === '*' ? 'every verb on' : atom.verb} ${resource}${group}${atom.name === undefined ? '' : ` "${atom.name}"`}`
}

/** "in development", "in every namespace". */
export function placeOf(scope: string | undefined): string {
  return scope === undefined ? 'in every namespace' : `in ${scope}`
}

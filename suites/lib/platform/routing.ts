import { IndeterminateError } from '../indeterminate.ts'
import type { AlertRouting, Route } from './alerts.ts'

/**
 * Receivers that an alert with these labels goes to, as Alertmanager walks its routes: the first route that matches takes it unless that
 * route says `continue`, and the deepest one decides. Throws IndeterminateError for a matcher that cannot be read.
 */
export function receiversFor(route: Route, labels: Readonly<Record<string, string>>, inherited = ''): string[] {
  if (!route.matchers.every((matcher) => matches(matcher, labels))) return []
  const receiver = route.receiver ?? inherited
  const found: string[] = []
  for (const child of route.routes) {
    const below = receiversFor(child, labels, receiver)
    found.push(...below)
    if (below.length > 0 && !child.continue) return found
  }
  return found.length > 0 ? found : [receiver]
}

/** Why an alert with these labels would reach nobody, or undefined when it would. */
export function lostAlert({ route, receivers }: AlertRouting, labels: Readonly<Record<string, string>>): string | undefined {
  const named = receiversFor(route, labels)
  const reached = named.filter((name) => receivers.some((one) => one.name === name && Object.values(one.destinations).some((count) => count > 0)))
  if (reached.length > 0) return undefined
  return named.length === 0 || named[0] === '' ? 'no route takes it' : `its route goes to ${named.join(', ')}, which has no destination`
}

/** `name="value"`, `!=`, `=~` or `!~`; a label that is absent is empty. Expressions are anchored. */
function matches(matcher: string, labels: Readonly<Record<string, string>>): boolean {
  const [, name = '', operator = '', quoted, bare = ''] = /^\s*"?([\w:.]+)"?\s*(=~|!~|!=|=)\s*(?:"((?:[^"\\]|\\.)*)"|(.*?))\s*$/.exec(matcher) ?? []
  if (name === '') throw new IndeterminateError(`expected to read Alertmanager's matcher ${matcher}, but it has another form`)
  const wanted = quoted === undefined ? bare : quoted.replace(/\\(.)/g, '$1')
  const value = labels[name] ?? ''
  if (operator === '=' || operator === '!=') return (value === wanted) === (operator === '=')
  return new RegExp(`^(?:${wanted})$`).test(value) === (operator === '=~')
}

import { dirname, relative, resolve, sep } from 'node:path'
import type { Rule } from 'eslint'

/** Where a file belongs: `scripts`, `reports/model`, `suites/lib`, `suites/<family>` … */
export function areaOf(path: string): string {
  const [top = '', second = ''] = path.split('/')
  const inFolder = path.split('/').length > 2
  return (top === 'suites' || top === 'reports') && inFolder ? `${top}/${second}` : top
}

const sharedSuites = ['suites/lib', 'suites/intent', 'suites/requirements']

/**
 * Whether a file of one area may import a file of another (design §2). The direction is scripts → reports, suites, fixtures; family →
 * suites/lib, suites/intent → suites/requirements; nothing else, so that a case cannot know which target it runs on.
 */
export function mayImport(from: string, to: string, typeOnly: boolean): boolean {
  if (from === to) return true
  const [top = ''] = from.split('/')
  const rules: Record<string, () => boolean> = {
    scripts: () => ['reports', 'suites', 'fixtures', 'scripts', 'policies', 'package.json'].includes(to.split('/')[0] ?? ''),
    reports: () => to.split('/')[0] === 'reports',
    fixtures: () => typeOnly && to === 'reports/model',
    policies: () => false,
    suites: () => suitesMayImport(from, to),
  }
  return rules[top]?.() ?? true
}

function suitesMayImport(from: string, to: string): boolean {
  if (from === 'suites/requirements') return false
  if (from === 'suites/intent') return to === 'suites/requirements'
  if (from === 'suites/lib') return ['suites/intent', 'suites/requirements', 'reports/model', 'reports/redaction'].includes(to)
  return sharedSuites.includes(to)
}

/** The repository-relative path, with slashes, that a relative import of `file` means; undefined for packages and Node's own modules. */
function target(root: string, file: string, source: string): string | undefined {
  if (!source.startsWith('.')) return undefined
  return relative(root, resolve(dirname(file), source)).split(sep).join('/')
}

export const importDirection: Rule.RuleModule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      direction: '{{from}} may not import {{to}} ({{source}}): imports point scripts → reports, suites, fixtures and family → suites/lib → suites/requirements (design §2). Move the code, or hand the value in from scripts/.',
    },
  },
  create(context) {
    const here = relative(context.cwd, context.filename).split(sep).join('/')
    const check = (node: Rule.Node, source: unknown, typeOnly: boolean) => {
      if (typeof source !== 'string') return
      const path = target(context.cwd, context.filename, source)
      if (path === undefined) return
      const [from, to] = [areaOf(here), areaOf(path)]
      if (!mayImport(from, to, typeOnly)) context.report({ node, messageId: 'direction', data: { from, to, source } })
    }
    const declaration = (node: Rule.Node) => {
      if (!('source' in node) || node.source === null || node.source === undefined || !('value' in node.source)) return
      const kind = 'importKind' in node ? node.importKind : 'exportKind' in node ? node.exportKind : undefined
      check(node, node.source.value, kind === 'type')
    }
    return { ImportDeclaration: declaration, ExportNamedDeclaration: declaration, ExportAllDeclaration: declaration, ImportExpression: declaration }
  },
}

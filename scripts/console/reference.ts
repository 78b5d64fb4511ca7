import type { ArgDef } from 'citty'
import { exitCodes } from '../../reports/model/verdict.ts'
import type { Verb } from './verb.ts'

const meanings: Readonly<Record<keyof typeof exitCodes, string>> = {
  conformant: 'done; of a run: conformant',
  violated: 'a requirement is violated; of `test` and `breach run`: something failed',
  usage: 'usage or configuration',
  indeterminate: 'the verifier is broken, or a requirement could not be decided',
  partial: 'incomplete: nothing is violated, but not everything was tried',
  integrity: 'integrity, leak or clean-up failure',
  interrupted: 'interrupted',
}

/** The command reference in Markdown, from the definitions that the command line itself runs by. */
export function commandReference(verbs: readonly Verb[]): string {
  return [
    '<!-- Generated from scripts/commands/ by scripts/console/reference.ts; do not edit. Renew with: npx vitest run --config .config/vitest.unit.ts scripts/console/reference -u -->',
    '# Commands',
    '',
    '`npx plumbline <command>`. Results go to stdout and everything else to stderr; every command takes `--help`, and `--json` for one JSON document on stdout.',
    '',
    '## Exit codes',
    '',
    '| code | means |',
    '|---|---|',
    ...Object.entries(exitCodes).map(([name, code]) => `| ${String(code)} | ${Object.entries(meanings).find(([key]) => key === name)?.[1] ?? name} |`),
    '',
    ...verbs.flatMap(section),
  ].join('\n')
}

function section({ name, description, args }: Verb): string[] {
  const own = Object.entries(args).filter(([argument]) => argument !== 'json' && argument !== 'help')
  const positionals = own.filter(([, one]) => one.type === 'positional').map(([argument, one]) => usage(argument, one))
  const rows = own.map(([argument, one]) => `| ${shown(argument, one)} | ${one.description ?? ''}${one.default === undefined ? '' : ` Default: \`${String(one.default)}\`.`} |`)
  return [
    `## \`${[`plumbline ${name}`, ...positionals].join(' ')}\``,
    '',
    description,
    '',
    ...(rows.length === 0 ? [] : ['| argument | what |', '|---|---|', ...rows, '']),
  ]
}

function usage(argument: string, one: ArgDef): string {
  const name = argument.toUpperCase() + (one.valueHint ?? '')
  return one.required === false ? `[${name}]` : name
}

function shown(argument: string, one: ArgDef): string {
  if (one.type === 'positional') return `\`${usage(argument, one)}\``
  if (one.type === 'enum') return `\`--${argument}\` ${(one.options ?? []).map((option) => `\`${option}\``).join(', ')}`
  return one.type === 'string' ? `\`--${argument} ${one.valueHint ?? argument.toUpperCase()}\`` : `\`--${argument}\``
}

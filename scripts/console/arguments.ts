import { parseArgs } from 'node:util'
import type { ArgDef, ArgsDef } from 'citty'
import { UsageFailure } from './failure.ts'
import { didYouMean } from './nearest.ts'

/** What was given on the command line, checked: citty itself lets unknown options pass and keeps only the last of a repeated one. */
export interface Given {
  /** Every value of every option, in order. */
  lists: Readonly<Record<string, readonly string[]>>
  positionals: readonly string[]
}

/** `valueHint` of a positional that may be given several times. */
export const severalArguments = '…'

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number]
type OptionToken = Extract<Token, { kind: 'option' }>

/** Reads `rawArgs` against a command's definition; throws UsageFailure with one sentence: what was seen, what was expected, the nearest match. */
export function readArguments(command: string, rawArgs: readonly string[], definition: ArgsDef): Given {
  const options = Object.entries(definition).filter(([, one]) => one.type !== 'positional')
  const { tokens } = parseArgs({
    args: [...rawArgs],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries(options.map(([name, one]) => [name, { type: takesValue(one) ? 'string' as const : 'boolean' as const, multiple: true }])),
  })
  const lists: Record<string, string[]> = {}
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const value = checkedOption({ command, token, definition, known: options.map(([name]) => name) })
    if (value !== undefined) (lists[token.name] ??= []).push(value)
  }
  const positionals = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []))
  checkPositionals(command, positionals, definition)
  return { lists, positionals }
}

function takesValue(definition: ArgDef): boolean {
  return definition.type === 'string' || definition.type === 'enum'
}

interface Seen { command: string, token: OptionToken, definition: ArgsDef, known: string[] }

function checkedOption({ command, token, definition, known }: Seen): string | undefined {
  const one = definition[token.name]
  if (one === undefined || one.type === 'positional') {
    const expected = known.map((name) => `--${name}`)
    throw new UsageFailure(`Unknown option ${token.rawName} for \`plumbline ${command}\`: expected one of ${expected.join(', ')}.${didYouMean(`--${token.name}`, expected)}`)
  }
  if (takesValue(one)) return checkedValue(`Option --${token.name} of \`plumbline ${command}\``, token, one)
  if (token.value === undefined) return undefined
  throw new UsageFailure(`Option --${token.name} of \`plumbline ${command}\` takes no value, but ${JSON.stringify(token.value)} was given.`)
}

function checkedValue(what: string, token: OptionToken, one: ArgDef): string {
  const value = token.value ?? ''
  // `--only --json` is a forgotten value, not a value that looks like an option.
  if (value === '' || (token.inlineValue === false && value.startsWith('-'))) {
    throw new UsageFailure(`${what} needs a value: expected ${hint(token.name, one)}, nothing was given.`)
  }
  const choices = one.type === 'enum' ? (one.options ?? []) : []
  if (choices.length === 0 || choices.includes(value)) return value
  throw new UsageFailure(`${what} is ${JSON.stringify(value)}: expected one of ${choices.join(', ')}.${didYouMean(value, choices)}`)
}

function hint(name: string, one: ArgDef): string {
  return one.type === 'enum' ? `--${name}=${(one.options ?? []).join('|')}` : `--${name}=${one.valueHint ?? name.toUpperCase()}`
}

function checkPositionals(command: string, positionals: readonly string[], definition: ArgsDef): void {
  const places = Object.entries(definition).filter(([, one]) => one.type === 'positional')
  const repeated = places.some(([, one]) => one.valueHint === severalArguments)
  const missing = places[positionals.length]
  if (missing !== undefined && missing[1].required !== false) {
    throw new UsageFailure(`\`plumbline ${command}\` needs ${missing[0].toUpperCase()}: ${missing[1].description ?? 'nothing was given'}.`)
  }
  const extra = positionals[places.length]
  if (extra === undefined || repeated) return
  const expected = places.length === 0 ? 'no arguments' : `only ${places.map(([name]) => name.toUpperCase()).join(' ')}`
  throw new UsageFailure(`Unexpected argument ${JSON.stringify(extra)} for \`plumbline ${command}\`: expected ${expected}.`)
}

import { defineCommand, parseArgs } from 'citty'
import type { ArgsDef, CommandDef, ParsedArgs } from 'citty'
import { readArguments } from './arguments.ts'
import type { Console } from './console.ts'
import { UsageFailure } from './failure.ts'

/** What a verb's `run` is given. */
export interface Invocation<T extends ArgsDef> {
  args: ParsedArgs<T>
  /** Every value of a repeatable option, in order; empty when it was not given. */
  all: (option: string) => readonly string[]
  positionals: readonly string[]
  console: Console
  /** Aborted by SIGINT or SIGTERM; its reason is an Interrupted. */
  signal: AbortSignal
}

interface Definition<T extends ArgsDef> {
  /** As typed, `breach run` for a verb below another. */
  name: string
  description: string
  args: T
  /** Resolves with the exit code (design §10). */
  run(invocation: Invocation<T>): Promise<number>
}

export interface Verb {
  name: string
  description: string
  /** For `--help` and the generated reference. */
  command: CommandDef
  args: ArgsDef
  run(rawArgs: readonly string[], world: { console: Console, signal: AbortSignal }): Promise<number>
}

const everywhere = {
  json: { type: 'boolean', description: 'One JSON document on stdout; everything else goes to stderr.' },
  help: { type: 'boolean', description: 'What the command does and takes.' },
} as const satisfies ArgsDef

/** One verb of the command line: strict about what it was given, with `--json` and `--help` like every other. */
export function defineVerb<const T extends ArgsDef>(definition: Definition<T>): Verb {
  const args = { ...definition.args, ...everywhere }
  const plain: ArgsDef = args
  return {
    name: definition.name,
    description: definition.description,
    args,
    command: defineCommand({ meta: { name: `plumbline ${definition.name}`, description: definition.description }, args: plain }),
    run: async (rawArgs, { console, signal }) => {
      const given = readArguments(definition.name, rawArgs, args)
      return definition.run({
        args: parseArgs<T>([...rawArgs], definition.args),
        all: (option) => given.lists[option] ?? [],
        positionals: given.positionals,
        console,
        signal,
      })
    },
  }
}

/** An enum option as its own type; the command line has refused everything else already. */
export function oneOf<T extends string>(value: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value)
  if (found === undefined) throw new UsageFailure(`${JSON.stringify(value)} was given: expected one of ${choices.join(', ')}.`)
  return found
}

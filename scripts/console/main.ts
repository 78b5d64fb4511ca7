import { stripVTControlCharacters } from 'node:util'
import { defineCommand, renderUsage } from 'citty'
import type { CommandDef } from 'citty'
import { exitCodes } from '../../reports/model/verdict.ts'
import { verbs } from '../verbs.ts'
import { makeConsole } from './console.ts'
import type { Streams } from './console.ts'
import { rememberedDurations } from './durations.ts'
import { exitCodeFrom, sentenceOf, UsageFailure } from './failure.ts'
import { openLog } from './log.ts'
import { didYouMean } from './nearest.ts'
import { drawProgress } from './progress.ts'
import { listenForInterrupts } from './interrupt.ts'
import type { Verb } from './verb.ts'

const streams: Streams = {
  out: (text) => { process.stdout.write(text) },
  err: (text) => { process.stderr.write(text) },
}

const versionFlags = new Set(['--version', '-v'])
const helpFlags = new Set(['--help', '-h'])

/** Runs one command line and resolves with the exit code; it never rejects and never ends the process itself. */
export async function main(argv: readonly string[]): Promise<number> {
  const json = argv.includes('--json')
  const progress = drawProgress(
    { write: streams.err, columns: () => (process.stderr.isTTY ? process.stderr.columns : undefined), now: Date.now },
    rememberedDurations(),
  )
  const log = openLog()
  const console = makeConsole({ json, progress, streams, log: log.event })
  const interrupts = listenForInterrupts(console.note)
  try {
    const exitCode = await dispatch(argv, { console, signal: interrupts.signal })
    return interrupts.signal.aborted ? exitCodes.interrupted : exitCode
  } catch (error) {
    progress.stop()
    // An interruption that left something behind is more than an interruption: the sentence about it must not be lost.
    const interrupted = interrupts.signal.aborted && exitCodeFrom(error) !== exitCodes.integrity
    const failure = interrupted ? (interrupts.signal.reason as unknown) : error
    const exitCode = exitCodeFrom(failure) ?? exitCodes.indeterminate
    const message = failureMessage(failure, log.failure(argv, error))
    console.note(`plumbline: ${message}`)
    console.document({ error: { message, exitCode } })
    return exitCode
  } finally {
    progress.stop()
    interrupts.stop()
  }
}

function failureMessage(failure: unknown, logFile: string): string {
  if (exitCodeFrom(failure) !== undefined) return failure instanceof Error ? failure.message : String(failure)
  return `Unexpected error: ${sentenceOf(failure)} This is a defect of Plumbline, not a verdict about the platform; the whole of it is in ${logFile}.`
}

interface World { console: ReturnType<typeof makeConsole>, signal: AbortSignal }

async function dispatch(argv: readonly string[], world: World): Promise<number> {
  const [first] = argv
  if (first !== undefined && versionFlags.has(first)) {
    streams.out(`${await version()}\n`)
    return exitCodes.conformant
  }
  if (first === undefined) throw new UsageFailure(`No command was given: expected one of ${topLevel().join(', ')}; \`plumbline --help\` says what each does.`)
  if (helpFlags.has(first)) return help(rootCommand())
  const { verb, rest } = findVerb(argv)
  if (rest.some((argument) => helpFlags.has(argument))) return help(typeof verb === 'string' ? groupCommand(verb) : verb.command)
  if (typeof verb === 'string') {
    const below = verbs.filter((one) => one.name.startsWith(`${verb} `)).map((one) => one.name.slice(verb.length + 1))
    throw new UsageFailure(unknownBelow(verb, rest[0], below))
  }
  return verb.run(rest, world)
}

function unknownBelow(group: string, seen: string | undefined, below: readonly string[]): string {
  if (seen === undefined) return `\`plumbline ${group}\` needs to know what to do: expected one of ${below.join(', ')}.`
  return `Unknown command ${JSON.stringify(`${group} ${seen}`)}: expected one of ${below.map((one) => `${group} ${one}`).join(', ')}.${didYouMean(seen, below)}`
}

/** The verb that the first words name, longest first, or the name of a group when only that was given. */
function findVerb(argv: readonly string[]): { verb: Verb | string, rest: readonly string[] } {
  for (const words of [3, 2, 1]) {
    const name = argv.slice(0, words).join(' ')
    const verb = verbs.find((one) => one.name === name) ?? (verbs.some((one) => one.name.startsWith(`${name} `)) ? name : undefined)
    if (verb !== undefined && argv.length >= words) return { verb, rest: argv.slice(words) }
  }
  const [first = ''] = argv
  throw new UsageFailure(`Unknown command ${JSON.stringify(first)}: expected one of ${topLevel().join(', ')}.${didYouMean(first, topLevel())}`)
}

function topLevel(): string[] {
  return [...new Set(verbs.map((verb) => verb.name.split(' ')[0] ?? ''))]
}

function rootCommand(): CommandDef {
  return defineCommand({
    meta: { name: 'plumbline', description: 'Provisions a platform on Akamai Linode LKE and proves that it is what its specification says.' },
    subCommands: Object.fromEntries(verbs.map((verb) => [verb.name, verb.command])),
  })
}

function groupCommand(group: string): CommandDef {
  const members = verbs.filter((verb) => verb.name.startsWith(`${group} `))
  return defineCommand({
    meta: { name: `plumbline ${group}`, description: members.map((verb) => verb.description).join(' ') },
    subCommands: Object.fromEntries(members.map((verb) => [verb.name.slice(group.length + 1), verb.command])),
  })
}

async function help(command: CommandDef): Promise<number> {
  const text = await renderUsage(command)
  streams.out(`${process.stdout.isTTY ? text : stripVTControlCharacters(text)}\n`)
  return exitCodes.conformant
}

async function version(): Promise<string> {
  const { default: content } = await import('../../package.json', { with: { type: 'json' } })
  return content.version
}


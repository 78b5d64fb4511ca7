import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { UsageFailure, sentenceOf } from '../../console/failure.ts'
import { nearest } from '../../console/nearest.ts'
import { contradictions } from './platform-rules.ts'
import { platformSchema } from './platform-schema.ts'
import type { Platform } from './platform-schema.ts'
import { readYaml } from './yaml-lines.ts'
import type { YamlText } from './yaml-lines.ts'

export type { EnvironmentName, Platform } from './platform-schema.ts'
export { environmentNames } from './platform-schema.ts'

const systemReasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'this user may not read it',
  EISDIR: 'it is a folder',
}

/** The text of a configuration file. Rejects with a UsageFailure that says why it cannot be read. */
export async function readConfiguration(file: string, what: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const reason = systemReasons[code] ?? sentenceOf(error)
    throw new UsageFailure(`${what} ${file} cannot be read: ${reason}. Give the path of a readable file.`)
  })
}

/** The platform that a file describes. Rejects with a UsageFailure whose message has one sentence, with its line, per problem. */
export async function loadPlatform(file: string): Promise<Platform> {
  return parsePlatform(await readConfiguration(file, 'The platform file'), file)
}

/** As loadPlatform, for a text; `file` is only used in messages. */
export function parsePlatform(text: string, file: string): Platform {
  const yaml = readYaml(text, file)
  const parsed = platformSchema.safeParse(yaml.value)
  if (!parsed.success) throw refusal(parsed.error.issues.flatMap((issue) => problemsOf(issue, yaml)))
  const found = contradictions(parsed.data)
  if (found.length > 0) throw refusal(found.map(({ path, expected }) => unexpected(yaml, path, expected)))
  return parsed.data
}

/** `place` and `key` tell problems apart: what several environments share through an anchor is one problem of one line. */
interface Problem { place: string, key: string, sentence: string, meant?: string }

function refusal(problems: Problem[]): UsageFailure {
  const meant = new Set(problems.map((problem) => problem.meant))
  // A misspelt key is also a missing one; saying so once is enough.
  const wanted = problems.filter((problem) => problem.meant !== undefined || !meant.has(problem.key))
  const identity = (problem: Problem) => `${problem.place} ${problem.key}`
  const distinct = wanted.filter((problem, index) => wanted.findIndex((other) => identity(other) === identity(problem)) === index)
  return new UsageFailure(distinct.map((problem) => problem.sentence).join('\n'))
}

function problemsOf(issue: z.core.$ZodIssue, yaml: YamlText): Problem[] {
  const path = issue.path.map((part) => typeof part === 'number' ? part : String(part))
  if (issue.code !== 'unrecognized_keys') return [unexpected(yaml, path, issue.message)]
  const known = keysAt(platformSchema, path)
  return issue.keys.map((key) => {
    const [meant] = nearest(key, known)
    const remedy = meant === undefined ? `Known here: ${known.join(', ')}.` : `Did you mean ${meant}?`
    const place = yaml.where([...path, key])
    const sentence = `${place}: ${dotted([...path, key])} is not a key of a platform file. ${remedy}`
    return { place, key, sentence, ...(meant === undefined ? {} : { meant }) }
  })
}

function unexpected(yaml: YamlText, path: (string | number)[], expected: string): Problem {
  const place = yaml.where(path)
  const seen = yaml.at(path)
  const clause = seen === undefined ? 'is missing' : `is ${JSON.stringify(seen)}`
  const subject = path.length === 0 ? 'the file' : dotted(path)
  return { place, key: String(path.at(-1) ?? ''), sentence: `${place}: ${subject} ${clause}; expected ${expected}.` }
}

function dotted(path: (string | number)[]): string {
  return path.map((part, index) => typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${part}`).join('')
}

function keysAt(schema: z.core.$ZodType, path: (string | number)[]): string[] {
  const [first, ...rest] = path
  if (schema instanceof z.ZodArray) return keysAt(schema.element, rest)
  if (!(schema instanceof z.ZodObject)) return []
  const shape: Readonly<Record<string, z.core.$ZodType>> = schema.shape
  if (first === undefined) return Object.keys(shape)
  const inner = shape[first]
  return inner === undefined ? [] : keysAt(inner, rest)
}

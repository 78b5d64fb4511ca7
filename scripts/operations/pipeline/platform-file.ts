import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { UsageFailure, sentenceOf } from '../../console/failure.ts'
import { didYouMean } from '../../console/nearest.ts'
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
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const reason = systemReasons[error.code ?? ''] ?? sentenceOf(error)
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
  if (!parsed.success) throw new UsageFailure(parsed.error.issues.flatMap((issue) => sentencesOf(issue, yaml)).join('\n'))
  const found = contradictions(parsed.data)
  if (found.length > 0) throw new UsageFailure(found.map(({ path, expected }) => unexpected(yaml, path, expected)).join('\n'))
  return parsed.data
}

function sentencesOf(issue: z.core.$ZodIssue, yaml: YamlText): string[] {
  const path = issue.path.map((part) => typeof part === 'number' ? part : String(part))
  if (issue.code !== 'unrecognized_keys') return [unexpected(yaml, path, issue.message)]
  const known = keysAt(platformSchema, path)
  return issue.keys.map((key) => {
    const suggestion = didYouMean(key, known)
    const remedy = suggestion === '' ? ` Known here: ${known.join(', ')}.` : suggestion
    return `${yaml.where([...path, key])}: ${dotted([...path, key])} is not a key of a platform file.${remedy}`
  })
}

function unexpected(yaml: YamlText, path: (string | number)[], expected: string): string {
  const seen = yaml.at(path)
  const clause = seen === undefined ? 'is missing' : `is ${JSON.stringify(seen)}`
  return `${yaml.where(path)}: ${path.length === 0 ? 'the file' : dotted(path)} ${clause}, but ${expected} was expected.`
}

function dotted(path: (string | number)[]): string {
  return path.map((part, index) => typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${part}`).join('')
}

function keysAt(schema: z.core.$ZodType, path: (string | number)[]): string[] {
  const [first, ...rest] = path
  if (schema instanceof z.ZodArray) return keysAt(schema.element, rest)
  if (!(schema instanceof z.ZodObject)) return []
  if (first === undefined) return Object.keys(schema.shape)
  const inner: z.core.$ZodType | undefined = schema.shape[first]
  return inner === undefined ? [] : keysAt(inner, rest)
}

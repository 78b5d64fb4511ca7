import { loadPolicy } from '@open-policy-agent/opa-wasm'
import { z } from 'zod'
import { exitCodes } from '../../../reports/model/verdict.ts'
import { CommandFailure } from '../../console/failure.ts'
import type { Room, Rule } from './rules.ts'

const verdictSchema = z.object({
  subjects: z.array(z.string()),
  deny: z.array(z.object({ subject: z.string(), found: z.string() })),
  unknown: z.array(z.object({ subject: z.string(), depends_on: z.string() })),
})
/** What one rule says of one document: all it looked at, and what it denies or cannot know. */
export type RuleVerdict = z.infer<typeof verdictSchema>
const answerSchema = z.array(z.object({ result: z.record(z.string(), verdictSchema) })).min(1)

export type Evaluate = (room: Room, document: unknown) => Map<string, RuleVerdict>

/** A page of WebAssembly's memory, bytes; the least that is taken, and the most, pages. Beyond that the module asks for more itself. */
const page = 65_536
const fewestPages = 512
const mostPages = 32_768

/** Bytes of memory for each byte of a document: what evaluating plans of 500 and of 5,000 resources took (29), with a little more. */
const memoryPerByte = 32

/**
 * Loads the compiled policies, with room for the largest of the documents that will be judged: a module that has to ask for memory page by page
 * took eight times as long for a plan of 5,000 resources. The function it resolves with throws when a rule gave no answer: a rule that is broken, or written
 * in a way that makes it undefined, must not read as one that has nothing to say.
 */
export async function loadPolicies(wasm: Uint8Array, rules: readonly Rule[], documents: readonly unknown[] = []): Promise<Evaluate> {
  const encoded = new Map(documents.map((document) => [document, encode(document)]))
  const largest = Math.max(0, ...[...encoded.values()].map(({ byteLength }) => byteLength))
  const pages = Math.min(mostPages, Math.max(fewestPages, Math.ceil(largest * memoryPerByte / page)))
  // A copy, since WebAssembly takes no view of a shared buffer.
  const policy = await loadPolicy(Uint8Array.from(wasm), { initial: pages })
  return (room, document) => {
    let answer: unknown
    try {
      answer = policy.evaluate(encoded.get(document) ?? encode(document), `main/${room}`)
    } catch (error) {
      throw new CommandFailure(`The policies of ${room} could not be evaluated: ${spoken(error)}. Nothing was judged.`, exitCodes.indeterminate)
    }
    const verdicts = new Map(Object.entries(answerSchema.parse(answer)[0]?.result ?? {}))
    const silent = rules.filter((rule) => rule.room === room && !verdicts.has(rule.name)).map(({ id }) => id)
    if (silent.length > 0) throw new CommandFailure(`Expected a verdict of every policy of ${room}, but ${silent.join(', ')} gave none. Nothing was judged.`, exitCodes.indeterminate)
    return verdicts
  }
}

function encode(document: unknown): ArrayBuffer {
  return new TextEncoder().encode(JSON.stringify(document)).buffer
}

/** opa-wasm throws texts and plain objects. */
function spoken(error: unknown): string {
  if (typeof error === 'string') return error
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error)
}

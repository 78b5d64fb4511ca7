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

/** Pages of 64 KiB to start with; the module asks for more itself. */
const memory = { initial: 16 }

/**
 * Loads the compiled policies. The function it resolves with throws when a rule gave no answer: a rule that is broken, or written in a way
 * that makes it undefined, must not read as one that has nothing to say.
 */
export async function loadPolicies(wasm: Uint8Array, rules: readonly Rule[]): Promise<Evaluate> {
  // A copy, since WebAssembly takes no view of a shared buffer.
  const policy = await loadPolicy(Uint8Array.from(wasm), memory)
  return (room, document) => {
    let answer: unknown
    try {
      answer = policy.evaluate(document, `main/${room}`)
    } catch (error) {
      throw new CommandFailure(`The policies of ${room} could not be evaluated: ${spoken(error)}. Nothing was judged.`, exitCodes.indeterminate)
    }
    const verdicts = new Map(Object.entries(answerSchema.parse(answer)[0]?.result ?? {}))
    const silent = rules.filter((rule) => rule.room === room && !verdicts.has(rule.name)).map(({ id }) => id)
    if (silent.length > 0) throw new CommandFailure(`Expected a verdict of every policy of ${room}, but ${silent.join(', ')} gave none. Nothing was judged.`, exitCodes.indeterminate)
    return verdicts
  }
}

/** opa-wasm throws texts and plain objects. */
function spoken(error: unknown): string {
  if (typeof error === 'string') return error
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error)
}

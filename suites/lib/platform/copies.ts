import { z } from 'zod'
import type { KnownSecret } from '../../../reports/redaction/scan.ts'
import { IndeterminateError } from '../indeterminate.ts'
import { jsonOrNothing } from '../json.ts'
import { leaksIn, type SearchedText } from './leaks.ts'

const listSchema = z.object({ items: z.array(z.looseObject({ kind: z.string(), metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }) })).min(1) })

/** Each object of a list that kubectl printed as JSON, as a document of its own. Throws IndeterminateError when it is no list of objects. */
export function documentsIn(printed: string): SearchedText[] {
  const list = listSchema.safeParse(jsonOrNothing(printed))
  if (!list.success) throw new IndeterminateError('expected kubectl to print the objects of the cluster as JSON in order to search them, but it printed something else')
  return list.data.items.map((object) => ({ where: `${object.kind} ${object.metadata.namespace === undefined ? '' : `${object.metadata.namespace}/`}${object.metadata.name}`, text: JSON.stringify(object) }))
}

/**
 * A sentence for every document that still holds a value which is not in use any more. `current` is the value in its place: it lies in one of the documents
 * at least, else the search does not find what is there. Throws IndeterminateError then.
 */
export function copiesLeft(documents: readonly SearchedText[], { old, current }: { old: KnownSecret, current: KnownSecret }): string[] {
  if (leaksIn(documents, [current]).length === 0) throw new IndeterminateError(`expected the search through ${String(documents.length)} objects to find the ${current.name} where it is used, but it found it nowhere, so it proves nothing about the ${old.name}`)
  return leaksIn(documents, [old])
}

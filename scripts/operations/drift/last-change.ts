import { z } from 'zod'

const objectSchema = z.looseObject({
  metadata: z.looseObject({ managedFields: z.array(z.looseObject({ manager: z.string().optional(), operation: z.string().optional(), time: z.string().optional(), subresource: z.string().optional() })).optional() }),
})

/** Who wrote an object last, and when: the field manager that the API server remembers. Reports of state are nobody's change. */
export function lastChange(object: unknown): string {
  const parsed = objectSchema.safeParse(object)
  const entries = parsed.success ? parsed.data.metadata.managedFields ?? [] : []
  const [newest] = entries
    .filter(({ subresource, time }) => subresource !== 'status' && time !== undefined)
    .toSorted((a, b) => Date.parse(b.time ?? '') - Date.parse(a.time ?? ''))
  return newest === undefined ? 'unknown' : `${newest.manager ?? 'unknown'} (${newest.operation ?? 'write'}, ${newest.time ?? ''})`
}

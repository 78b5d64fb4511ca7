import { z } from 'zod'
import { resultsSchema, schemaVersion } from './results.ts'

/** JSON Schema (draft 2020-12) of results.json, for readers that do not speak TypeScript; committed as results.schema.json. */
export function resultsJsonSchema(): string {
  const schema = z.toJSONSchema(resultsSchema)
  const { $schema, ...rest } = schema
  const document = {
    $schema,
    $id: `https://plumbline.dev/schemas/results-${schemaVersion}.json`,
    $comment: 'Generated from reports/model/results.ts; regenerate with: node reports/model/json-schema.ts > reports/model/results.schema.json',
    title: 'Plumbline results.json',
    ...rest,
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

if (import.meta.main) process.stdout.write(resultsJsonSchema())

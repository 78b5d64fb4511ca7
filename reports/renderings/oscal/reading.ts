import { namespace } from './document.ts'

/** An object of a document, with the name of the member that holds it or the list it is in. */
export interface Item {
  readonly place: string
  readonly fields: Readonly<Record<string, unknown>>
}

/** Every object in a JSON value, outermost first. */
export function itemsOf(value: unknown, place = ''): readonly Item[] {
  if (Array.isArray(value)) return value.flatMap((one) => itemsOf(one, place))
  if (!isObject(value)) return []
  return [{ place, fields: value }, ...Object.entries(value).flatMap(([name, held]) => itemsOf(held, name))]
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value of a property of ours; undefined when the item has none of that name. */
export function valueOf({ fields }: Item, name: string): string | undefined {
  const props: readonly unknown[] = Array.isArray(fields['props']) ? fields['props'] : []
  const found = props.find((one) => isObject(one) && one['ns'] === namespace && one['name'] === name)
  return isObject(found) && typeof found['value'] === 'string' ? found['value'] : undefined
}

/** The items of a document by its content; a sentence when it is no JSON. */
export function readItems(name: string, content: string): readonly Item[] | string {
  try {
    return itemsOf(JSON.parse(content))
  } catch (thrown) {
    return `${name} cannot be read as JSON (${thrown instanceof Error ? thrown.message : String(thrown)}).`
  }
}

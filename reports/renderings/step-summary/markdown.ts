import { oneLine, shortened } from '../text.ts'

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '$': '&#36;', '@': '&#64;' }

/**
 * Text of others for Markdown as GitHub reads it, on one line: nothing in it is markup, a mention, a formula or a link. For places inside a line or a cell of a
 * table. Cut after `most` characters.
 */
export function markdown(text: string, most = Infinity): string {
  return shortened(oneLine(text), most)
    .replaceAll(/[\\`*_[\]#|~]/g, (character) => `\\${character}`)
    .replaceAll(/[&<>$@]/g, (character) => entities[character] ?? '')
    // What looks like an address would become a link, and some beginnings a list.
    .replaceAll('://', ':&#47;&#47;')
    .replaceAll(/\bwww\./gi, (found) => `${found.slice(0, -1)}&#46;`)
    .replace(/^(\d*)([.)+-])/, '$1\\$2')
}

/** A table; its cells are Markdown already. All columns but the first `left` ones are numbers. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], left = head.length): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, index) => index < left ? '---' : '---:')), ...rows.map(line)]
}

import { createHash } from 'node:crypto'

/** Line ends, control characters and what XML cannot hold, each run of them together with blanks. */
const notInALine = /[\s\p{Cc}\uFFFE\uFFFF]+/gu

/** OSCAL's string: one line without blanks at its edges, and never empty. What was redacted before stays so. */
export function line(text: string): string {
  const single = text.toWellFormed().replaceAll(notInALine, ' ').trim()
  return single === '' ? '(empty)' : single
}

/**
 * OSCAL's markup-line and markup-multiline: the text as it is, on one line, with whatever Markdown, HTML and OSCAL's own insertions would read something into
 * escaped. Titles and reasons carry what a platform said, so none of it is ours to format.
 */
export function markup(text: string): string {
  return line(text)
    .replaceAll(/[\\`*_{}[\]<>~^&]/g, '\\$&')
    .replace(/^(?=[-+=#])|^\d+(?=[.)](?:\s|$))/, '$&\\')
}

/**
 * OSCAL's token for an id. An ASCII letter, then letters, digits, dots and dashes, stays as it is; of anything else a readable part is kept and a digest makes it
 * distinct. No token that stays has an underscore, so `<token>_smt` and `group_<kind>` can never be the id of another requirement.
 */
export function token(id: string): string {
  if (/^[a-z][a-z0-9.-]*$/i.test(id)) return id
  const readable = id.replaceAll(/[^a-z0-9]+/gi, '-').slice(0, 40)
  return `id_${readable}_${createHash('sha256').update(id).digest('hex').slice(0, 12)}`
}

/** OSCAL's date and time with a zone; UTC, with milliseconds. */
export function moment(iso: string): string {
  return new Date(iso).toISOString()
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text for HTML and SVG, in content and in quoted attributes. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => escapes[character] ?? '')
}

/** `840 ms`, `6.3 s`, `2 min 39 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`
  const seconds = milliseconds / 1000
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(2) : seconds.toFixed(1)} s`
  return `${Math.floor(Math.round(seconds) / 60)} min ${Math.round(seconds) % 60} s`
}

/** `2025-11-23 02:00:03 UTC`. */
export function instant(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`
}

/** Nested JSON as rows of `a.b.c` and a value, so that it reads as a table. */
export function rowsOf(value: unknown, name = ''): readonly { readonly name: string, readonly value: string }[] {
  if (typeof value !== 'object' || value === null) return [{ name, value: String(value) }]
  const entries: readonly [string, unknown][] = Object.entries(value)
  if (entries.length === 0) return [{ name, value: 'none' }]
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return [{ name, value: value.join(', ') }]
  return entries.flatMap(([key, held]) => rowsOf(held, name === '' ? key : `${name}.${key}`))
}

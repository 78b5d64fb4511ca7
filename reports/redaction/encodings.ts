/** A value shorter than this cannot be told from ordinary text. Characters. */
export const shortestSecret = 6

/** One way a secret value can appear in text. */
export interface Variant {
  readonly how: string
  readonly text: string
}

/** Every form of `value` that is looked for as plain text, longest first, so that no form is left half replaced. */
export function variantsOf(value: string): readonly Variant[] {
  const forms: Variant[] = [
    { how: 'plain', text: value },
    ...jsonForms(value).map((text) => ({ how: 'json', text })),
    ...urlForms(value).map((text) => ({ how: 'url', text })),
    ...hexForms(value).map((text) => ({ how: 'hex', text })),
    ...base64Forms(value).map((text) => ({ how: 'base64', text })),
    ...base64Forms(value).flatMap((inner) => base64Forms(inner).map((text) => ({ how: 'base64 twice', text }))),
  ]
  const known = new Set<string>()
  return forms
    .filter(({ text }) => text.length >= shortestSecret && !known.has(text) && known.add(text))
    .toSorted((a, b) => b.text.length - a.text.length)
}

/** JSON string bodies: as JSON.stringify writes them, as Go does (which escapes <, > and &), with escaped slashes, and each once more inside a JSON string. */
function jsonForms(value: string): readonly string[] {
  const once = JSON.stringify(value).slice(1, -1)
  const go = once.replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
  const slashes = once.replaceAll('/', '\\/')
  return [once, go, slashes].flatMap((form) => [form, JSON.stringify(form).slice(1, -1)])
}

function urlForms(value: string): readonly string[] {
  const component = encodeURIComponent(value.toWellFormed())
  const strict = component.replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
  const form = new URLSearchParams({ value }).toString().slice('value='.length)
  const forms = [component, strict, form, strict.replaceAll('%20', '+'), form.replaceAll('+', '%20')]
  return [...forms, ...forms.map((text) => text.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()))]
}

function hexForms(value: string): readonly string[] {
  const hex = Buffer.from(value).toString('hex')
  return [hex, hex.toUpperCase()]
}

/**
 * What base64 makes of `value` wherever it lies inside a longer text: bytes before it shift it by 0, 1 or 2, so there are three forms.
 * Characters that also hold bits of a neighbour are left out of each.
 */
function base64Forms(value: string): readonly string[] {
  const bytes = Buffer.from(value)
  const forms = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64').replace(/=+$/, '')
    const wholeBits = (shift + bytes.length) * 8
    return encoded.slice(Math.ceil((shift * 8) / 6), Math.floor(wholeBits / 6))
  })
  return [...forms, ...forms.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))]
}

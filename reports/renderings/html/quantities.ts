const binary = ['', 'Ki', 'Mi', 'Gi', 'Ti'] as const
const decimal = ['', 'k', 'M', 'G'] as const

/** A number that was measured, short enough for an axis: `512 MiB`, `1.5k`, `0.031`. The unit is written where the number means nothing without it. */
export function quantity(value: number, unit: string): string {
  if (unit === 'bytes') return `${scaled(value, 1024, binary)}B`
  if (unit === '%') return `${short(value)} %`
  return Math.abs(value) < 10_000 ? short(value) : scaled(value, 1000, decimal).replace(' ', '')
}

/** The number with its unit, for a sentence. */
export function measured(value: number, unit: string): string {
  const number = quantity(value, unit)
  return unit === 'bytes' || unit === '%' ? number : `${number} ${unit}`
}

/** The unit in which so many bytes are a number below 1024, and how many bytes it has. */
export function binaryUnit(bytes: number): { divisor: number, unit: string } {
  const step = stepOf(bytes, 1024, binary)
  return { divisor: 1024 ** step, unit: `${binary[step] ?? ''}B` }
}

function stepOf(value: number, base: number, prefixes: readonly string[]): number {
  return value === 0 ? 0 : Math.min(prefixes.length - 1, Math.max(0, Math.floor(Math.log(Math.abs(value)) / Math.log(base))))
}

function scaled(value: number, base: number, prefixes: readonly string[]): string {
  const step = stepOf(value, base, prefixes)
  return `${short(value / base ** step)} ${prefixes[step] ?? ''}`
}

function short(value: number): string {
  if (Number.isInteger(value)) return String(value)
  return String(Number(value.toPrecision(Math.abs(value) >= 100 ? 4 : 3)))
}

/** `20:01:15`, in UTC. */
export function clock(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(11, 19)
}

/** Kubernetes quantities, as far as a platform file uses them: never negative, no exponent, and only units that make sense for the thing. */
export type QuantityKind = 'cpu' | 'memory'

const scale: Record<QuantityKind, Readonly<Record<string, number>>> = {
  cpu: { m: 1e-3, '': 1 },
  memory: {
    Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60,
    k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18, '': 1,
  },
}

/** What is expected of a quantity, for a message. */
export const quantityExpectation: Record<QuantityKind, string> = {
  cpu: 'a CPU quantity: a number of cores, or of thousandths of a core followed by m, for example "2" or 500m',
  memory: 'a memory quantity: a number followed by one of Ki, Mi, Gi, Ti, Pi, Ei, k, M, G, T, P, E, or by nothing for bytes, for example 8Gi',
}

/** The quantity in cores or bytes, or undefined when the text is none of its kind. */
export function quantity(kind: QuantityKind, text: string): number | undefined {
  const parts = /^(\d+(?:\.\d+)?)([A-Za-z]*)$/.exec(text)
  if (parts === null) return undefined
  const [, amount = '', unit = ''] = parts
  const factor = Object.hasOwn(scale[kind], unit) ? scale[kind][unit] : undefined
  return factor === undefined ? undefined : Number(amount) * factor
}

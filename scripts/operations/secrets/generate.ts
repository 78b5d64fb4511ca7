import { randomBytes, randomInt } from 'node:crypto'

/** Secret values with the entropy that their making had: the logarithm to base 2 of the number of outcomes that were equally likely. */
export interface Generated { values: Record<string, string>, entropyBits: number }

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const passwordLength = 32
const keyBytes = 32

/** Entropy of a password, bits. */
export const passwordEntropy = passwordLength * Math.log2(alphabet.length)

/** 32 letters and digits, each drawn evenly (190.5 bits). No other characters, so that no URL, shell or configuration file has to escape it. */
export function password(): string {
  return Array.from({ length: passwordLength }, () => alphabet.charAt(randomInt(alphabet.length))).join('')
}

/** 32 random bytes as base64 (256 bits). */
export function randomKey(): Generated {
  return { values: { key: randomBytes(keyBytes).toString('base64') }, entropyBits: keyBytes * 8 }
}

/** Throws when a value was made with less entropy than is stated for its secret: such a value must not be stored. */
export function assertEntropy(id: string, stated: number | undefined, made: number): void {
  if (stated !== undefined && made < stated) throw new Error(`The generator of ${id} makes ${made.toFixed(1)} bits; the inventory states ${stated}. Correct one of the two.`)
}

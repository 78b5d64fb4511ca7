import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from './canonical.ts'

describe('canonical JSON', () => {
  it('has sorted names, no blanks and no undefined members', () => {
    expect(canonicalJson({ b: [1, 'ä\n', null, { z: true, a: 1e21 }], a: undefined, A: -0 })).toBe('{"A":0,"b":[1,"ä\\n",null,{"a":1e+21,"z":true}]}')
  })

  it('reads back as what it was and does not depend on the order of names', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value)
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
      expect(canonicalJson(JSON.parse(text))).toBe(text)
    }))
  })

  it('refuses what JSON cannot hold', () => {
    expect(() => canonicalJson({ seconds: Number.NaN })).toThrow('Expected a number that JSON can hold, but found NaN.')
    expect(() => canonicalJson([() => 1])).toThrow('Expected a value that JSON can hold, but found a function.')
  })
})

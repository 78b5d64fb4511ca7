import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { uuidOf } from './identity.ts'
import { line, markup, moment, token } from './text.ts'

describe('a line', () => {
  it.each([
    ['  a\r\n\tb  ', 'a b'],
    ['a\u0000\u001b\u0085\u2028\uFFFE\uFEFF\u00a0b', 'a b'],
    [' \n ', '(empty)'],
    ['\ud800', '\ufffd'],
    ['kept: ünïcode, 文字, 😀', 'kept: ünïcode, 文字, 😀'],
  ])('of %j is %j', (text, expected) => {
    expect(line(text)).toBe(expected)
  })
})

describe('markup', () => {
  it.each([
    ['a <script> & *b* _c_ `d` [e](f) {{ insert: param, g }} ~h~ ^i^ \\', 'a \\<script\\> \\& \\*b\\* \\_c\\_ \\`d\\` \\[e\\](f) \\{\\{ insert: param, g \\}\\} \\~h\\~ \\^i\\^ \\\\'],
    ['# no heading', '\\# no heading'],
    ['- no list', '\\- no list'],
    ['1. no list', '1\\. no list'],
    ['2.4 ms on 2025-07-02 (#3)', '2.4 ms on 2025-07-02 (#3)'],
  ])('of %j is %j', (text, expected) => {
    expect(markup(text)).toBe(expected)
  })
})

describe('a token', () => {
  it('is the id where OSCAL takes it', () => {
    expect(['FR-001', 'US-003.4', 'a'].map(token)).toEqual(['FR-001', 'US-003.4', 'a'])
  })

  it('is readable and distinct where it does not', () => {
    expect(token('FR 001/"')).toMatch(/^id_FR-001-_[0-9a-f]{12}$/)
    expect(token('FR-001_smt')).toMatch(/^id_FR-001-smt_[0-9a-f]{12}$/)
    expect(new Set(['FR 001', 'FR/001', 'FR-001', '', '1', 'ß', 'ä'].map(token)).size).toBe(7)
  })

  it('is legal whatever the id, and two ids share none', () => {
    const text = fc.string({ unit: 'binary' })
    fc.assert(fc.property(text, text, (a, b) => {
      expect(token(a)).toMatch(/^[A-Za-z][A-Za-z0-9._-]*$/)
      expect(token(a) === token(b)).toBe(a === b)
      expect(`${token(a)}_smt`).not.toBe(token(b))
    }))
  })
})

it('writes moments with seconds and in UTC', () => {
  expect(['2025-11-23T02:00Z', '2025-11-23T02:00:03.1Z'].map(moment)).toEqual(['2025-11-23T02:00:00.000Z', '2025-11-23T02:00:03.100Z'])
})

it('makes UUIDs of version 5 that Python makes too: uuid5(UUID("9b9f2be7-399a-5770-8b33-7438f7c1126c"), \'["R","finding","FR-001"]\')', () => {
  expect(uuidOf({ runId: 'R' }, 'finding', 'FR-001')).toBe('60870329-847a-5a46-a005-ae2f72908e50')
  expect(uuidOf({ runId: 'R' }, 'finding', 'FR-00', '1')).not.toBe(uuidOf({ runId: 'R' }, 'finding', 'FR-001'))
})

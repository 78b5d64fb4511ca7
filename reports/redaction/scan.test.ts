import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scanBytes, scanFolder } from './scan.ts'

const value = 'p@ss/w"ord<9>Xyz+!'
const secrets = [{ name: 'password', value }]

/** One layer each; the scanner must see through any two of them. */
const layers: Readonly<Record<string, (text: string) => string>> = {
  base64: (text) => Buffer.from(`--${text}--`).toString('base64'),
  gzip: (text) => gzipSync(`{"release":"${'x'.repeat(40)}", ${text}}`).toString('base64'),
  deflate: (text) => deflateSync(`some ${text} text`).toString('base64'),
  url: (text) => `https://host/path?q=${encodeURIComponent(text)}&r=1`,
  json: (text) => JSON.stringify({ said: text }),
  html: (text) => `<p title="${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')}">`,
  hex: (text) => Buffer.from(text).toString('hex'),
}
const names = Object.keys(layers)
const through = (path: readonly string[]) => path.reduce((text, name) => layers[name]?.(text) ?? text, value)

describe('the leak scanner', () => {
  it.each([...names.map((name) => [name]), ...names.flatMap((inner) => names.map((outer) => [inner, outer]))])('finds a value behind %s %s', (...path) => {
    const found = scanBytes(Buffer.from(`some text, ${through(path)}, more text`), secrets)
    expect(found.map(({ secret }) => secret)).toEqual(['password'])
  })

  it('finds binary gzip, also when it is cut short or something follows it', () => {
    const packed = gzipSync(`${'different words each time '.repeat(3)}${value} and a long end of it all`.repeat(2))
    for (const bytes of [packed, packed.subarray(0, packed.length - 9), Buffer.concat([Buffer.from('head'), packed, Buffer.from('tail')])]) {
      expect(scanBytes(bytes, secrets)).toEqual([{ secret: 'password', how: 'compressed' }])
    }
  })

  it('says how and where, never what, and looks at names of files too', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plumbline-scan-'))
    try {
      await mkdir(join(folder, 'raw'))
      await writeFile(join(folder, 'raw', 'a.json'), JSON.stringify({ kubeconfig: Buffer.from(`token: ${value}`).toString('base64') }))
      await writeFile(join(folder, 'clean.txt'), 'nothing here')
      await writeFile(join(folder, 'plain-token-value.txt'), 'nothing here either')
      await symlink('/proc/self/environ', join(folder, 'link'))
      const leaks = await scanFolder(folder, [...secrets, { name: 'file name', value: 'plain-token-value' }])
      expect(leaks).toEqual([
        { file: 'plain-token-value.txt', secret: 'file name', how: 'plain' },
        { file: 'raw/a.json', secret: 'password', how: 'base64' },
      ])
      expect(JSON.stringify(leaks)).not.toContain(value)
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('raises no alarm on random bytes and text', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2000 }), fc.string({ maxLength: 500 }), (bytes, text) => {
      expect(scanBytes(Buffer.from(bytes), secrets)).toEqual([])
      expect(scanBytes(Buffer.from(text), secrets)).toEqual([])
    }), { numRuns: 100 })
  })
})

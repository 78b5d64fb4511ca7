import { constants, inflateRawSync } from 'node:zlib'

/** Bytes found inside other bytes by undoing one encoding. */
export interface Decoded {
  readonly how: string
  readonly bytes: Buffer
  /** The part of `bytes` that is worth another step: text, and what begins like compressed data. The rest is noise from decoding what was not encoded. */
  readonly promising: Buffer
}

/** Decoded data beyond this is not looked at. Bytes; a compressed record of Helm or Terraform is far smaller. */
const largest = 64 * 1024 * 1024

// Only from the beginning of a run: tried at each of its characters, a run of 80,000 without a line break takes half a minute.
const wrapped = /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{40,}(?:(?:\\n|\s)+[A-Za-z0-9+/]{4,})+={0,2}/g
const base64Run = /[A-Za-z0-9+/_-]{12,}/g
const hexRun = /(?:[0-9a-fA-F]{2}){6,}/g

/** Everything that one step of decoding finds in `bytes`. Runs of one kind come joined by a line break. */
export function decodings(bytes: Buffer): readonly Decoded[] {
  const text = bytes.toString('latin1')
  const texts = [
    parts('hex', (text.match(hexRun) ?? []).map((run) => Buffer.from(run, 'hex'))),
    changed('url', text, unescapeUrl),
    changed('form', text, (from) => (/%[0-9a-fA-F]{2}/.test(from) ? unescapeUrl(from.replaceAll('+', ' ')) : from)),
    changed('json', text, unescapeJson),
    changed('html', text, unescapeHtml),
  ]
  return [...unpacked(bytes), ...texts].filter((found) => found.bytes.length > 0)
}

/** What is packed inside `bytes` as base64 or compressed. */
export function unpacked(bytes: Buffer): readonly Decoded[] {
  const text = bytes.toString('latin1')
  const unwrapped = (text.match(wrapped) ?? []).map((block) => block.replace(/\\n|\s/g, ''))
  return [
    parts('base64', [...(text.match(base64Run) ?? []), ...unwrapped].flatMap(fromBase64)),
    parts('compressed', decompressed(bytes)),
  ].filter((found) => found.bytes.length > 0)
}

/** A run may begin with characters that do not belong to it, so each of the four ways to cut it is decoded. */
function fromBase64(run: string): readonly Buffer[] {
  return [0, 1, 2, 3].map((offset) => Buffer.from(run.slice(offset), 'base64'))
}

function parts(how: string, found: readonly Buffer[]): Decoded {
  return { how, bytes: joined(found), promising: joined(found.filter(isPromising)) }
}

function joined(buffers: readonly Buffer[]): Buffer {
  return Buffer.concat(buffers.flatMap((buffer) => [buffer, Buffer.from('\n')]))
}

/** Text, or compressed data: judged by its first bytes, which is enough to tell it from noise. */
function isPromising(bytes: Buffer): boolean {
  if (bytes.subarray(0, 3).equals(gzip) || zlib.some((magic) => bytes.subarray(0, 2).equals(magic))) return true
  const head = bytes.subarray(0, 64)
  const printable = head.reduce((sum, byte) => sum + (byte >= 0x20 && byte < 0x7f ? 1 : 0), 0)
  return printable >= head.length * 0.75
}

function changed(how: string, text: string, decode: (from: string) => string): Decoded {
  const decoded = decode(text)
  const bytes = decoded === text ? Buffer.alloc(0) : Buffer.from(decoded, 'latin1')
  return { how, bytes, promising: bytes }
}

function utf8(code: number): string {
  return code < 0x80 || code > 0x10ffff ? String.fromCharCode(code & 0x7f) : Buffer.from(String.fromCodePoint(code)).toString('latin1')
}

function unescapeUrl(text: string): string {
  return text.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
}

const jsonEscapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' }

function unescapeJson(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, hex: string | undefined, plain: string | undefined) =>
    hex === undefined ? (jsonEscapes[plain ?? ''] ?? plain ?? '') : utf8(parseInt(hex, 16)))
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescapeHtml(text: string): string {
  return text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));/g, (_, hex: string | undefined, decimal: string | undefined, name: string | undefined) =>
    name === undefined ? utf8(hex === undefined ? parseInt(decimal ?? '0', 10) : parseInt(hex, 16)) : (entities[name] ?? ''))
}

const gzip = Buffer.from([0x1f, 0x8b, 0x08])
const zlib = [0x01, 0x5e, 0x9c, 0xda].map((level) => Buffer.from([0x78, level]))

function decompressed(bytes: Buffer): readonly Buffer[] {
  const starts = [...positions(bytes, gzip).map((at) => afterGzipHeader(bytes, at)), ...zlib.flatMap((magic) => positions(bytes, magic).map((at) => at + 2))]
  return starts.flatMap((at) => {
    try {
      // Raw, and flushed early: neither what follows nor a cut end or a wrong checksum may hide the content.
      return [inflateRawSync(bytes.subarray(at), { maxOutputLength: largest, finishFlush: constants.Z_SYNC_FLUSH })]
    } catch {
      // Two or three bytes that look like a header are not yet compressed data.
      return []
    }
  })
}

/** RFC 1952: ten bytes, then as its flags say an extra field (4), a name (8), a comment (16) and a checksum (2). */
function afterGzipHeader(bytes: Buffer, start: number): number {
  const flags = bytes[start + 3] ?? 0
  let at = start + 10
  if ((flags & 4) !== 0) at += 2 + (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0)
  if ((flags & 8) !== 0) at = afterZero(bytes, at)
  if ((flags & 16) !== 0) at = afterZero(bytes, at)
  return (flags & 2) === 0 ? at : at + 2
}

function afterZero(bytes: Buffer, from: number): number {
  const zero = bytes.indexOf(0, from)
  return zero === -1 ? bytes.length : zero + 1
}

function positions(bytes: Buffer, magic: Buffer): readonly number[] {
  const found: number[] = []
  for (let at = bytes.indexOf(magic); at !== -1; at = bytes.indexOf(magic, at + 1)) found.push(at)
  return found
}

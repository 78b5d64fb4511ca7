import fc from 'fast-check'
import { XmlDocument } from 'libxml2-wasm'
import { marked } from 'marked'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { sampleFacts } from '../model/sample.ts'
import { noComparison } from '../model/changes.ts'
import type { Results } from '../model/results.ts'
import { createRedactor } from '../redaction/redactor.ts'
import { scanBytes } from '../redaction/scan.ts'
import { bundleOf } from '../sealing/bundle.ts'
import { planted, samplePublication } from '../sealing/sample-publication.ts'
import { renderings } from './files.ts'
import { resultsOf, sampleCase } from './sample-runs.ts'
import { markdown } from './step-summary/markdown.ts'
import { oneLine, visible } from './text.ts'

const hostile = [
  'bells \u0007 and \u001b[31mred\u001b[0m and \u0000, \u0085, \u009b31m, \ufffe, \ud800 alone, \r\n a return \r and a\ttab',
  ']]> <![CDATA[ x ]]> &amp; & < > "double" \'single\' <!-- --> <?xml ?>',
  '| pipes | `code` ```fence``` \\| *bold* _so_ ~~struck~~ [link](javascript:alert(1)) ![picture](x) <img src=x onerror=alert(1)> <script>alert(1)</script>',
  '# heading\n\n- list\n\n| requirements | 9 | 9 |\n\n> quote\n\n---\n\n$$x$$ @somebody #12 https://example.test www.example.test a@b.test :tada: [^1]\n[^1]: note',
  'key: [unclosed, "yaml", *anchor]\n--- \n...\n%TAG !\n[[PROPERTY|verdict=satisfied]]\nuntil \u2028 and \u2029',
  '1. first', '- dash', '+ plus', '=====', '-----', '    four spaces', '', ' ', '😀 \u202e right to left',
  'long '.repeat(10_000),
] as const

function resultsWith(text: string): Results {
  const facts = sampleFacts()
  const cases = [sampleCase({ id: `environments/${text}`, file: text, title: text, verdict: 'violated', reason: text, evidence: [{ kind: 'observation', title: text === '' ? 'x' : text, at: facts.startedAt, data: text }] })]
  const requirements = facts.requirements.map((one) => ({ ...one, title: text }))
  return resultsOf({ ...facts, requirements, cases, footprint: { created: [], removed: [], leftovers: [text], unverified: [text] }, platform: { cluster: { label: text } }, verifier: { plumbline: text, commit: text } }, {
    changes: noComparison(text), quarterly: [{ requirement: text, at: null, runId: null, stale: true, command: text }],
  })
}

function rendered(name: string, results: Results): string {
  return renderings.find((one) => one.name === name)?.render(results) ?? ''
}

function plain(html: string): string {
  return html.replaceAll(/<[^>]*>/g, '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll(/&#39;|&#x27;/g, "'").replaceAll('&#36;', '$').replaceAll('&#64;', '@').replaceAll('&#46;', '.').replaceAll('&#47;', '/').replaceAll('&amp;', '&')
}

describe.each(hostile.map((text, index) => [index, text] as const))('hostile text %i', (_, text) => {
  const results = resultsWith(text)

  it('leaves every rendering in agreement with the results', () => {
    for (const rendering of renderings) {
      const content = rendering.render(results)
      if (content !== undefined) expect([rendering.name, ...rendering.disagreements(content, results)]).toEqual([rendering.name])
    }
  })

  it('is in junit.xml as it was, with what XML cannot hold made visible', () => {
    using document = XmlDocument.fromString(rendered('junit.xml', results))
    expect(document.get('//testsuite[@name!="plumbline"]//failure')?.content).toBe(visible(text))
    expect(document.get('//testsuite[@name!="plumbline"]/testcase/@name')?.content).toBe(oneLine(text))
    expect((document.get('//testsuite[@name!="plumbline"]//failure/@message')?.content ?? '').length).toBeLessThanOrEqual(300)
  })

  it('is in ctrf.json and conformance.yaml as it was', () => {
    const { results: { tests } } = JSON.parse(rendered('ctrf.json', results)) as { results: { tests: { message: string }[] } }
    expect(tests[1]?.message).toBe(text)
    const { notSatisfied } = parse(rendered('conformance.yaml', results)) as { notSatisfied: { requirement: string, reason: string }[] }
    expect(notSatisfied.find(({ requirement }) => requirement === 'FR-001')?.reason).toBe(`${text}: ${text}`)
  })

  it('is text and nothing else in summary.md, and does not make it long', () => {
    const summary = rendered('summary.md', results)
    const html = marked.parse(summary, { async: false, gfm: true })
    expect(html).not.toMatch(/<(?:a|img|script|del|em|h1|pre|hr|li>\s*<ul)\b/)
    expect(html.match(/<(?:h2|h3)>/g)).toHaveLength(5)
    expect(html.match(/<table>/g)).toHaveLength(3)
    expect(html.match(/<blockquote>/g)).toHaveLength(1)
    expect(plain(html).replaceAll(/\s+/g, ' ')).toContain(oneLine(text).slice(0, 300).trim())
    expect(summary.length).toBeLessThan(32 * 1024)
  })
})

describe('any text', () => {
  const anything = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 }).map((codes) => String.fromCharCode(...codes)))

  it('is readable in XML once it is visible, and stays what it is when it is so already', () => {
    fc.assert(fc.property(anything, (text) => {
      using document = XmlDocument.create()
      document.createRoot('a').addText(visible(text))
      using again = XmlDocument.fromString(document.toString({ format: false }))
      expect(again.root.content).toBe(visible(text))
      expect(visible(visible(text))).toBe(visible(text))
    }))
  })

  it('is one paragraph of plain text for Markdown', () => {
    fc.assert(fc.property(fc.oneof(anything, fc.string({ unit: fc.constantFrom(...Array.from('\\`*_{}[]()<>#+-.!|~$@:/&=1 \nwh')) })), (text) => {
      const html = marked.parse(`| a |\n| --- |\n| ${markdown(text)} |\n`, { async: false, gfm: true })
      expect(plain(/<td>(.*)<\/td>/.exec(html)?.[1] ?? '').trim()).toBe(oneLine(text))
      expect(html.replaceAll(/<\/?(?:table|thead|tbody|tr|th|td)>/g, '')).not.toMatch(/<[a-z]/i)
      const paragraph = marked.parse(markdown(text), { async: false, gfm: true })
      expect(plain(paragraph).trim()).toBe(oneLine(text))
    }))
  })
})

it('no rendering shows a secret that was in a reason, a title or evidence', () => {
  const { results, redactor, ...record } = samplePublication()
  const base64 = Buffer.from(`{"password":"${planted.value}"}`).toString('base64')
  const leaky = sampleCase({ id: `secrets/${planted.value}`, title: `with ${planted.value}`, verdict: 'violated', reason: `answered ${planted.value}, ${encodeURIComponent(planted.value)} and ${base64}`, evidence: [{ kind: 'observation', title: planted.value, at: results.startedAt, data: { token: planted.value, encoded: base64 } }] })
  const requirements = results.requirements.map((one) => ({ ...one, title: `${one.title} with ${planted.value}` }))
  const facts = { ...results, requirements, cases: [...results.cases, leaky], footprint: { ...results.footprint, leftovers: [planted.value] }, verifier: { ...results.verifier, commit: planted.value } }
  const context = { changesOf: () => noComparison('First run.'), keyid: 'ab'.repeat(32), publicPem: 'none' }
  const told = bundleOf({ ...record, results: facts }, redactor, context)
  const names = renderings.filter((one) => one.render(told.results) !== undefined).map(({ name }) => name)
  for (const name of names) expect([name, scanBytes(Buffer.from(told.files.get(name) ?? ''), [planted])]).toEqual([name, []])
  expect(told.files.get('summary.md')).toContain('redacted')

  // The scan finds them all, had they not been taken out.
  const untold = bundleOf({ ...record, results: facts }, createRedactor([]), context)
  for (const name of names) expect([name, scanBytes(Buffer.from(untold.files.get(name) ?? ''), [planted]).length]).toEqual([name, 1])
})

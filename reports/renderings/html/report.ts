import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Eta } from 'eta'
import type { Results } from '../../model/results.ts'
import { canonicalJson } from '../../sealing/canonical.ts'
import type { Rendering } from '../rendering.ts'
import { summaryOf } from '../stated.ts'
import { embeddedIn } from './embedded.ts'
import { paletteCss } from './palette.ts'
import { viewOf } from './view.ts'

/** The report for people; its numbers lie in it once more as data, which is what is read back. */
export const htmlReport: Rendering = {
  name: 'report.html',
  render: renderHtml,
  disagreements: (content, results) => {
    const embedded = embeddedIn(content)
    if (embedded === undefined) return ['report.html holds no summary of its numbers.']
    return embedded === canonicalJson(summaryOf(results)) ? [] : ['report.html shows other numbers or another verdict than results.json.']
  },
}

const templates = join(import.meta.dirname, 'templates')

/** The report as one HTML page that needs nothing else: no script, no font, no picture from outside. A function of the results alone. */
export function renderHtml(results: Results): string {
  const eta = new Eta({ views: templates, autoEscape: true, autoTrim: false, cache: true })
  const css = `${paletteCss()}\n${readFileSync(join(templates, 'report.css'), 'utf8')}`
  return eta.render('./page', { ...viewOf(results), css })
}

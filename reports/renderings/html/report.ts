import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Eta } from 'eta'
import type { Results } from '../../model/results.ts'
import { paletteCss } from './palette.ts'
import { viewOf } from './view.ts'

const templates = join(import.meta.dirname, 'templates')

/** The report as one HTML page that needs nothing else: no script, no font, no picture from outside. A function of the results alone. */
export function renderHtml(results: Results): string {
  const eta = new Eta({ views: templates, autoEscape: true, autoTrim: false, cache: true })
  const css = `${paletteCss()}\n${readFileSync(join(templates, 'report.css'), 'utf8')}`
  return eta.render('./page', { ...viewOf(results), css })
}

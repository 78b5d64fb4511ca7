import type { Results } from '../../model/results.ts'
import { canonicalJson } from '../../sealing/canonical.ts'
import { summaryOf } from '../stated.ts'

const opening = '<script type="application/json" id="plumbline-summary">'
const closing = '</script>'

/** The summary as a data block for the page. Nothing in it can end the block: it holds only names of the model and a ULID. */
export function embeddedSummary(results: Results): string {
  return `${opening}${canonicalJson(summaryOf(results)).replaceAll('<', '\\u003c')}${closing}`
}

/** The text of the summary inside a page, or undefined when there is none. */
export function embeddedIn(html: string): string | undefined {
  const start = html.indexOf(opening)
  const end = html.indexOf(closing, start)
  return start === -1 || end === -1 ? undefined : html.slice(start + opening.length, end)
}

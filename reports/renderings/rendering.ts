import type { Results } from '../model/results.ts'

/** One file of a run folder that says in the words of a format what results.json says. */
export interface Rendering {
  /** Of the file. */
  readonly name: string
  /** A function of the results alone; undefined when the run has nothing to say in this format. */
  render(results: Results): string | undefined
  /**
   * Reads a file back and compares what it states, a sentence for each difference. It looks at numbers, verdict and exit code and never at the wording, so that
   * a file stays right when a later version would write another one.
   */
  disagreements(content: string, results: Results): readonly string[]
}

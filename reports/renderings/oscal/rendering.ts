import type { Results } from '../../model/results.ts'

/** A file of a run folder that says what results.json says, in another format. */
export interface Rendering {
  /** Name of the file in the run folder. */
  readonly name: string
  /** The content; undefined when there is nothing to say, and then there is no file. */
  render(results: Results): string | undefined
  /** Sentences about numbers that are not those of the results. */
  disagreements(content: string, results: Results): readonly string[]
}

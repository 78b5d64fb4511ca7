import { exitCodes } from '../model/verdict.ts'

/** Publishing did not happen and nothing was left behind; `message` says why and what to do, `exitCode` is for the command line. */
export class PublishFailure extends Error {
  override readonly name = 'PublishFailure'
  readonly exitCode: number

  constructor(message: string, exitCode: number = exitCodes.integrity, options: ErrorOptions = {}) {
    super(message, options)
    this.exitCode = exitCode
  }
}

const causes: Readonly<Record<string, string>> = {
  ENOSPC: 'there is no space left on its file system; free some and run again',
  EDQUOT: 'the disk quota is used up; free some and run again',
  EROFS: 'its file system is read-only; give a folder that can be written',
  EACCES: 'it may not be written by this user; change its owner or give another folder',
  EPERM: 'it may not be written by this user; change its owner or give another folder',
  ENOTDIR: 'a part of its path is a file and not a folder; move that file away or give another folder',
}

/** One sentence for a failure of the file system in `folder`; other failures come back as they are. */
export function explained(thrown: unknown, folder: string): unknown {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
  const cause = causes[code]
  if (cause === undefined) return thrown
  return new PublishFailure(`The evidence could not be written to ${folder}: ${cause}. Nothing was published.`, exitCodes.integrity, { cause: thrown })
}

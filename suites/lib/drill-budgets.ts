import type { Budget } from './budgets.ts'

/** The time-limits of drills; cases have them as the other budgets (budgets.ts). */
export const drillBudgets = {
  drillAtMost: {
    milliseconds: 2_700_000,
    bounds: 'one case of the profile gameday: a drill with its steady state before, its way back, and all that it puts back',
    source: 'three times the 15 minutes that a way back may take: the change, the way back, and what is put back when it failed',
  },
  drillCommand: {
    milliseconds: 600_000,
    bounds: 'one command of a drill, of a runbook that it follows, or of what undoes it',
    source: 'a run of the pipeline takes 30 to 90 s on an idle machine, several times as long beside 120 services; Helm waits 5 minutes for pods',
  },
  drillDigests: {
    milliseconds: 90_000,
    bounds: 'the digests of all that a drill has to leave as it was',
    source: 'a read of the state and a few lists take 3 s; the rest is room for a loaded machine',
  },
  storedValues: {
    milliseconds: 90_000,
    bounds: 'reading every value of the secrets store after a rotation',
    source: 'a read of the state and of some fifty objects takes 3 s; the rest is room for a loaded machine',
  },
  machinesGone: {
    milliseconds: 60_000,
    bounds: 'the time from the end of a run that was refused until what it had made, and has removed again, is gone from every list of the Linode API',
    source: 'the API removes a pool at once and its machines right after it; one was still listed on a machine at load 11',
  },
  drillRestored: {
    milliseconds: 180_000,
    bounds: 'the time from the last undo command until every environment answers and every digest is that of before',
    source: 'pods of a rollback are ready when Helm says so; a pod that starts anew takes seconds, and probes 15 s to see it',
  },
  undoAgain: {
    milliseconds: 300_000,
    bounds: 'how long a command that undoes a part of a drill is tried again when it fails',
    source: 'a run of the pipeline that outlived its drill holds the lock until it ends, 30 to 240 s',
  },
  watchRound: {
    milliseconds: 900,
    bounds: 'one round of attempts at the denied cells, of which there is one each second',
    source: 'an answer takes 1 to 5 ms; what takes longer than this would still be under way when the next round begins',
  },
  watchLease: {
    milliseconds: 90_000,
    bounds: 'one stream of the watch, of 60 rounds',
    source: '60 s, and room for the start and for rounds that a loaded machine lets go by',
  },
} as const satisfies Record<string, Budget>

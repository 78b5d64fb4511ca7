/** A bound on time. `bounds` says on what, `source` says why this number. Milliseconds. */
export interface Budget {
  milliseconds: number
  bounds: string
  source: string
}

/** Every time-limit of the suites, in one place: a case names one of these or none. */
export const budgets = {
  apiRequest: {
    milliseconds: 10_000,
    bounds: 'one request to the Kubernetes API, from the first byte sent to the last one read',
    source: 'an idle API server answers in milliseconds and a loaded one within 5 s (sandbox: slowest readyz 4.7 s at load 47)',
  },
  storageRequest: {
    milliseconds: 10_000,
    bounds: 'one request to object storage',
    source: 'answers take 2 to 10 ms; the rest is room for a loaded machine',
  },
  probeFleetReady: {
    milliseconds: 60_000,
    bounds: 'the time from the creation of the probe pods until all of them are ready or have failed for good',
    source: 'a pod whose image must be pulled is ready after 2 s; 60 pods on one machine took 20 s',
  },
  podStartFailure: {
    milliseconds: 6_000,
    bounds: 'how long one pod may keep failing to start for the same reason before it is given up',
    source: 'a missing image is reported 1.4 s after creation and again by back-off 1 s later',
  },
  routesProgrammed: {
    milliseconds: 20_000,
    bounds: 'the time from ready pods until every allowed attempt is delivered: services, names and policies known on each node',
    source: 'a policy is in force within 150 ms and a service within 1 s; the judged pass follows in any case',
  },
  probeAttempt: {
    milliseconds: 2_000,
    bounds: 'one attempt to resolve a name, and one to connect and be answered',
    source: 'an answer takes 1 to 5 ms; a lost SYN is sent again after 1 s and must still fit',
  },
  probeExec: {
    milliseconds: 12_000,
    bounds: 'one batch of attempts: starting the agent in the pod, all attempts at once, the answer',
    source: 'twice an attempt (name and connection) plus the start of 14 processes on 2 cores',
  },
  farSideLog: {
    milliseconds: 5_000,
    bounds: 'the time until a listener\'s log holds the mark that closes a pass',
    source: 'a line is in the log milliseconds after it was printed',
  },
  quotaRecount: {
    milliseconds: 15_000,
    bounds: 'the time until a quota\'s usage counts a pod that was created or deleted',
    source: 'admission counts at once on creation; the quota controller recounts after a deletion within seconds',
  },
  cleanup: {
    milliseconds: 60_000,
    bounds: 'the removal of everything that carries the label of the run',
    source: 'pods end without grace; a namespace is gone a few seconds after its last object',
  },
  cleanupUnanswered: {
    milliseconds: 15_000,
    bounds: 'how long the removal goes on asking an API server that does not answer',
    source: 'a restarted API server answers 3.5 to 6 s after its start',
  },
  caseAtMost: {
    milliseconds: 180_000,
    bounds: 'one case, with what it has to wait for',
    source: 'the sum of the budgets of the slowest case, which starts the probes',
  },
  cancellation: {
    milliseconds: 5_000,
    bounds: 'how long a running case may take to end after the run was cancelled',
    source: 'every request is cancelled with it; what is still running after that is stopped',
  },
  workerStop: {
    milliseconds: 10_000,
    bounds: 'the stop of the worker after the last case',
    source: 'it has nothing left to do but to close its sockets',
  },
} as const satisfies Record<string, Budget>

export type BudgetName = keyof typeof budgets

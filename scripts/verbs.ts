import { breakGlassApprove, breakGlassClose, breakGlassOpen, breakGlassRequest } from './commands/access-break-glass.ts'
import { accessIssue } from './commands/access-issue.ts'
import { accessList } from './commands/access-list.ts'
import { accessRevoke } from './commands/access-revoke.ts'
import { benchMatrix } from './commands/bench-matrix.ts'
import { benchPolicies } from './commands/bench-policies.ts'
import { breachList } from './commands/breach-list.ts'
import { breachRun } from './commands/breach-run.ts'
import { build } from './commands/build.ts'
import { changeApprove } from './commands/change-approve.ts'
import { changeList } from './commands/change-list.ts'
import { changeRequest } from './commands/change-request.ts'
import { changeShow } from './commands/change-show.ts'
import { check } from './commands/check.ts'
import { conform } from './commands/conform.ts'
import { diff } from './commands/diff.ts'
import { doctor } from './commands/doctor.ts'
import { down } from './commands/down.ts'
import { drill } from './commands/drill.ts'
import { drift } from './commands/drift.ts'
import { env } from './commands/env.ts'
import { history } from './commands/history.ts'
import { kubeconfig } from './commands/kubeconfig.ts'
import { overrideApprove } from './commands/override-approve.ts'
import { overrideClose } from './commands/override-close.ts'
import { overrideList } from './commands/override-list.ts'
import { overrideRequest } from './commands/override-request.ts'
import { peopleKey } from './commands/people-key.ts'
import { provision } from './commands/provision.ts'
import { report } from './commands/report.ts'
import { secretsBootstrap } from './commands/secrets-bootstrap.ts'
import { secretsRotate } from './commands/secrets-rotate.ts'
import { secretsStatus } from './commands/secrets-status.ts'
import { start } from './commands/start.ts'
import { stateRestore, stateUnlock, stateVersions } from './commands/state.ts'
import { status } from './commands/status.ts'
import { test } from './commands/test.ts'
import { up } from './commands/up.ts'
import { verify } from './commands/verify.ts'
import { waivers } from './commands/waivers.ts'
import type { Verb } from './console/verb.ts'

/** Every verb, in the order in which help and the reference list them. What a verb needs is loaded when it runs, so this list is cheap. */
export const verbs: readonly Verb[] = [
  start,
  test,
  up,
  down,
  status,
  doctor,
  build,
  kubeconfig,
  env,
  provision,
  stateVersions,
  stateRestore,
  stateUnlock,
  changeRequest,
  changeApprove,
  changeList,
  changeShow,
  drift,
  check,
  waivers,
  conform,
  drill,
  verify,
  diff,
  report,
  history,
  accessIssue,
  accessRevoke,
  accessList,
  breakGlassRequest,
  breakGlassApprove,
  breakGlassOpen,
  breakGlassClose,
  overrideRequest,
  overrideApprove,
  overrideList,
  overrideClose,
  secretsBootstrap,
  secretsRotate,
  secretsStatus,
  peopleKey,
  breachList,
  breachRun,
  benchMatrix,
  benchPolicies,
]

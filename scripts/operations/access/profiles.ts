import { accessProfiles, environmentNames } from '../../../suites/intent/environments.ts'
import type { AccessProfile, EnvironmentName } from '../../../suites/intent/environments.ts'
import { UsageFailure } from '../../console/failure.ts'
import { didYouMean } from '../../console/nearest.ts'

/** The profile that nobody is issued: it is taken out by break-glass. */
export const breakGlassProfile = 'platform-sre'

/** An access lasts a working day; nobody gets one for longer than half a day (docs/platform/access.md). */
export const usualHours = 8
export const mostHours = 12

export interface Grant { person: string, environment: EnvironmentName, profile: AccessProfile }

/** Leaves room for what stands around it in the name of an account. */
const dnsLabel = /^[a-z0-9]([-a-z0-9]{0,48}[a-z0-9])?$/

/** Checks what was typed. Throws a UsageFailure, one sentence, for the first thing that cannot be. */
export function grantOf(given: { person: string | undefined, environment: string | undefined, profile: string | undefined }): Grant {
  const environment = environmentOf(given.environment)
  if (given.profile === breakGlassProfile) {
    throw new UsageFailure(`The profile ${breakGlassProfile} is issued to nobody: ask for it with \`npx plumbline access break-glass request --reason … --as NAME\`.`)
  }
  const profile = accessProfiles.find((one) => one === given.profile)
  if (profile === undefined) throw unknown('profile', given.profile, accessProfiles)
  return { person: personOf(given.person), environment, profile }
}

export function personOf(given: string | undefined): string {
  if (given !== undefined && dnsLabel.test(given)) return given
  throw new UsageFailure(`${given === undefined ? 'No --person was given' : `--person is ${JSON.stringify(given)}`}: expected a name of at most 50 lower-case letters, digits and hyphens, such as ann-smith.`)
}

export function environmentOf(given: string | undefined): EnvironmentName {
  const found = environmentNames.find((one) => one === given)
  if (found === undefined) throw unknown('environment', given, environmentNames)
  return found
}

/** Seconds. */
export function lifetimeOf(hours: string | undefined): number {
  const wanted = hours === undefined ? usualHours : Number(hours)
  if (Number.isFinite(wanted) && wanted >= 1 / 6 && wanted <= mostHours) return Math.floor(wanted * 3600)
  throw new UsageFailure(`--hours is ${JSON.stringify(hours)}: expected a number of hours up to ${mostHours} (at least ten minutes, 0.17); ${usualHours} unless said.`)
}

function unknown(option: string, given: string | undefined, choices: readonly string[]): UsageFailure {
  return new UsageFailure(`${given === undefined ? `No --${option} was given` : `--${option} is ${JSON.stringify(given)}`}: expected one of ${choices.join(', ')}.${given === undefined ? '' : didYouMean(given, choices)}`)
}

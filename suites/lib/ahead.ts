/** The cases that share the pass over the alert thresholds, minutes of which are waiting. */
const crossingsCases: readonly string[] = ['observability/thresholds-crossed', 'observability/thresholds-returned']

/**
 * From this path on the pass runs beside the cases. Of those before it some count quotas, among which its pods would come and go, and the last,
 * a dozen people at once, leaves its pods too little of the processors that they are to use up. Those behind it that look at the health of
 * pods wait until it is over.
 */
const crossingsBegin = 'guides/alert-routing'

/** Whether a run that plans these cases will need the pass over the alert thresholds. */
export function needsCrossings(planned: readonly string[]): boolean {
  return planned.some((id) => crossingsCases.includes(id))
}

/** Whether the pass should be under way when this case begins. Cases run in the order of their ids. */
export function crossingsDue(id: string): boolean {
  return id >= crossingsBegin
}

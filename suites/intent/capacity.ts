/** What the platform must hold (NFR-008). From the specification; the autoscaling thresholds are those that docs/platform/capacity.md tells teams. */
export const capacity = {
  /** Services per environment, in all environments at the same time. */
  services: 30,
  autoscaling: { minReplicas: 1, maxReplicas: 4, targetCPUUtilizationPercentage: 70 },
} as const
export type Autoscaling = { readonly [name in keyof typeof capacity.autoscaling]: number }

/** User and groups of a service account, as the API server writes them. */
export function serviceAccount(namespace: string, name: string): { user: string, groups: readonly string[] } {
  return { user: `system:serviceaccount:${namespace}:${name}`, groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'] }
}

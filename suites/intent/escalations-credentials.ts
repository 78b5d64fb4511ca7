import { asks, named, row, type Row } from './escalation.ts'

/** Group A: rights that lead to somebody's credentials. A13 (the administrator's kubeconfig) is judged by the cases of break-glass. */
export const credentials: readonly Row[] = [
  row('A1', 'real', asks('namespace', 'get', '', 'secrets'), {
    title: 'read a Secret by its name', why: 'credentials are read; names can be guessed', source: 'GP RP KS KH',
  }),
  row('A2', 'real', asks('namespace', 'list', '', 'secrets'), {
    title: 'list Secrets', why: 'a list holds the contents', source: 'GP RP KS ST KH',
  }),
  row('A3', 'real', asks('namespace', 'watch', '', 'secrets'), {
    title: 'watch Secrets', why: 'a watch brings the contents, and those of the future', source: 'GP',
  }),
  row('A4', 'dry-run', asks('namespace', 'create', '', 'secrets'), {
    title: 'make a Secret that holds a token of any account', why: 'a token without expiry of whatever account is named in it', source: 'RP IK',
  }),
  row('A5', 'real', asks('namespace', 'patch update', '', 'secrets'), {
    title: 'change a Secret', why: 'a pull secret, a certificate or a password is exchanged', source: 'RP',
  }),
  row('A6', 'real', asks('namespace', 'create', '', 'serviceaccounts/token'), {
    title: 'ask for a token of another account', why: 'acts as that account', source: 'GP RP IK ST',
  }),
  row('A7', 'real', asks('namespace', 'patch update', '', 'serviceaccounts'), {
    title: 'change an account', why: 'a cloud identity or a pull secret is put onto it', source: 'RP',
  }),
  row('A8', 'real', asks('namespace', 'get', '', 'configmaps'), {
    title: 'read a ConfigMap', why: 'join tokens and credentials are kept in some', source: 'KS',
  }),
  row('A9', 'dry-run', [], {
    title: 'a token in every pod that asked for none', why: 'whoever enters the pod has the account', source: 'GP ST KH',
  }),
  row('A10', 'real', named('sh.helm.release.v1.nothing.v1', asks('namespace', 'get', '', 'secrets')), {
    title: 'read a release record of Helm', why: 'a record holds every value that was given to the release', source: 'recalled',
  }),
  row('A11', 'review', [
    ...asks('namespace', 'create update', 'external-secrets.io', 'externalsecrets', 'secretstores'), ...asks('namespace', 'create update', 'cert-manager.io', 'certificates'),
    ...asks('cluster', 'create update', 'cert-manager.io', 'clusterissuers'),
  ], { title: 'have an operator fetch secrets or sign certificates', why: 'the operator reads every back end, or signs with the authority', source: 'recalled' }),
  row('A12', 'real', named('linode', asks('namespace', 'get', '', 'secrets')), {
    title: 'read the cloud token of the cluster', why: 'from the cluster to the whole Linode account', source: 'cluster-api-provider-linode#146',
  }),
]

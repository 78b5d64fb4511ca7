import { asks, named, rbac, row, type Row } from './escalation.ts'

const authentication = 'authentication.k8s.io'
const certificates = 'certificates.k8s.io'
const clientSigner = 'kubernetes.io/kube-apiserver-client'
const kubeletSigner = 'kubernetes.io/kube-apiserver-client-kubelet'

const makeRequest = asks('cluster', 'create', certificates, 'certificatesigningrequests')
const approve = (signer: string) => [
  ...asks('cluster', 'update patch', certificates, 'certificatesigningrequests/approval'), ...named(signer, asks('cluster', 'approve', certificates, 'signers')),
]

/** Group B: rights over rights, and ways to be somebody else. B10 and B12 (who is bound, and whether they exist) are read from the bindings themselves. */
export const identities: readonly Row[] = [
  row('B1', 'review', [...asks('cluster', 'escalate', rbac, 'clusterroles'), ...asks('namespace', 'escalate', rbac, 'roles')], {
    title: 'write roles with more rights than one holds', why: 'any right', source: 'GP RP IK MB',
  }),
  row('B2', 'dry-run', [...asks('cluster', 'bind', rbac, 'clusterroles'), ...asks('namespace', 'bind', rbac, 'roles', 'clusterroles')], {
    title: 'bind any role', why: 'grants any role to anybody; asked on roles, not on bindings', source: 'GP KS MB', needs: asks('cluster', 'create', rbac, 'clusterrolebindings'),
  }),
  row('B3', 'dry-run', [...asks('cluster', 'create update patch', rbac, 'clusterrolebindings'), ...asks('namespace', 'create update patch', rbac, 'rolebindings')], {
    title: 'make a binding without the right to bind', why: 'the API server must refuse rights that the author lacks', source: 'GP KS KH', boundary: 'attempting to grant RBAC permissions not currently held',
  }),
  row('B4', 'real', asks('namespace', 'patch', rbac, 'rolebindings'), {
    title: 'add somebody to a binding', why: 'widens a role that one holds oneself', source: 'KS',
  }),
  row('B5', 'dry-run', [...asks('cluster', 'create update patch', rbac, 'clusterroles'), ...asks('namespace', 'create update patch', rbac, 'roles')], {
    title: 'make a role that is added to the default ones by its label', why: 'whoever holds view, edit or admin silently holds more', source: 'kubernetes/website#55254', boundary: 'attempting to grant RBAC permissions not currently held',
  }),
  row('B6', 'real', [
    ...asks('cluster', 'impersonate', '', 'users', 'groups'), ...asks('namespace', 'impersonate', '', 'serviceaccounts'), ...asks('cluster', 'impersonate', authentication, 'uids', 'userextras/scopes'),
  ], { title: 'act as somebody else', why: 'system:masters is only a group', source: 'GP RP KS IK' }),
  row('B7', 'review', [...asks('namespace', 'impersonate', '', 'serviceaccounts'), ...asks('namespace', 'get create', '', 'pods/proxy', 'services/proxy')], {
    title: 'what comes with the default roles edit and admin', why: 'they impersonate every account of the namespace, and go round the network policies', source: 'bootstrappolicy/policy.go',
  }),
  row('B8', 'dry-run', [...makeRequest, ...approve(clientSigner)], {
    title: 'have a client certificate signed', why: 'a certificate for any name, which nobody can revoke', source: 'GP RP IK KE',
  }),
  row('B9', 'real', [
    ...asks('cluster', 'update patch', certificates, 'certificatesigningrequests/status'), ...approve(kubeletSigner),
    ...named(kubeletSigner, asks('cluster', 'sign', certificates, 'signers')), ...named(clientSigner, asks('cluster', 'sign', certificates, 'signers')),
  ], { title: 'become a node', why: 'reads the secrets of every pod of the node', source: 'ST' }),
  row('B11', 'dry-run', makeRequest, {
    title: 'a certificate of the group system:masters', why: 'administrator for good, past RBAC', source: 'GP CIS 5.1.7', boundary: 'system:masters',
  }),
  row('B13', 'review', [...asks('namespace', '* get list create delete impersonate', '*', '*'), ...asks('cluster', '* get list create delete impersonate', '*', '*')], {
    title: 'everything, by wildcard', why: 'what will be invented is included', source: 'GP KS',
  }),
  row('B14', 'review', [...asks('namespace', 'create', certificates, 'podcertificaterequests'), ...asks('cluster', 'create update', certificates, 'clustertrustbundles')], {
    title: 'certificates for pods, and whom they trust', why: 'new ways to an identity', source: 'recalled',
  }),
  row('B14-impersonation', 'review', [...asks('cluster', 'impersonate:user-info', authentication, 'users'), ...asks('namespace', 'impersonate:serviceaccount', authentication, 'serviceaccounts')], {
    title: 'act as somebody else for some things', why: 'the narrower verbs of newer API servers', source: 'recalled',
  }),
]

import { environmentLabel } from '../../intent/environments.ts'
import { rbac, type Row } from '../../intent/escalation.ts'
import { podOf, workloadOf } from './pod-shapes.ts'

/** What an attempt is about. */
export interface Subject {
  /** Names the object and is found in the audit records. */
  mark: string
  namespace: string | undefined
  labels: Readonly<Record<string, string>>
}

/**
 * Certificate requests for the organisations system:masters and plumbline-attempts, as the API takes them (base64 of PEM). Made with
 * `openssl req -new -subj "/O=…/CN=plumbline-attempt"`; their keys were thrown away.
 */
const masters = 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIdk1JR1hBZ0VBTURVeEZ6QVZCZ05WQkFvTURuTjVjM1JsYlRwdFlYTjBaWEp6TVJvd0dBWURWUVFEREJGdwpiSFZ0WW14cGJtVXRZWFIwWlcxd2REQlpNQk1HQnlxR1NNNDlBZ0VHQ0NxR1NNNDlBd0VIQTBJQUJCek92bVZwCkdYM0NXL245ajFhSWJOQStXNUNSZzAxU2Zhc2tna2NpM0NuTm84K0J0dlUydnhUQjNmUk8xUHZ3MXhhRmQxWUQKRzNXTStIaURyK2FPOS9hZ0FEQUtCZ2dxaGtqT1BRUURBZ05IQURCRUFpQkpjRjZrL0k3OTNmNGRZd0dRSXMzSQo0MUNQTnFOMlBsUXFSL3luMTVMOTJnSWdSNCsrNDVDNGJhaEFndzNTUFZFVjRGNi9RbFhhbjVMcGp1dlBLaHplCmFHbz0KLS0tLS1FTkQgQ0VSVElGSUNBVEUgUkVRVUVTVC0tLS0tCg=='
const plain = 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIek1JR2JBZ0VBTURreEd6QVpCZ05WQkFvTUVuQnNkVzFpYkdsdVpTMWhkSFJsYlhCMGN6RWFNQmdHQTFVRQpBd3dSY0d4MWJXSnNhVzVsTFdGMGRHVnRjSFF3V1RBVEJnY3Foa2pPUFFJQkJnZ3Foa2pPUFFNQkJ3TkNBQVIzCk1BSCs3UkUxMlJjSm1zb2Z2U3BWYThBRG8reTMzN2FIb1B2QjJmZDhJYThBMVVXV1p2ZzRQRUN0Q1ZWdTUvZVYKYnBJNVRNYThjVlV4MWo0ZnhNOGZvQUF3Q2dZSUtvWkl6ajBFQXdJRFJ3QXdSQUlnV1ZRcG5TbVJZbHJwVXlXZwpwQ25LYU1KUGlWT1ZSbGh3Q3l5SmRXcEtIYzRDSUhESDlBa2dzcjN3R1NaMDVDbDM3NitTRzVJSENRRmxCTFAzCjd4WHBINXJoCi0tLS0tRU5EIENFUlRJRklDQVRFIFJFUVVFU1QtLS0tLQo='

type Body = Record<string, unknown>
type Maker = (subject: Subject) => Body

const metadata = ({ mark, labels }: Subject): Body => ({ name: mark, labels })
const everything = [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }]

function certificateRequest(request: string): Maker {
  return (subject) => ({
    apiVersion: 'certificates.k8s.io/v1', kind: 'CertificateSigningRequest', metadata: metadata(subject),
    spec: { request, signerName: 'kubernetes.io/kube-apiserver-client', usages: ['client auth'], expirationSeconds: 600 },
  })
}

const toClusterAdmin: Maker = (subject) => ({
  apiVersion: `${rbac}/v1`, kind: 'ClusterRoleBinding', metadata: metadata(subject),
  roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: 'cluster-admin' }, subjects: [{ apiGroup: rbac, kind: 'User', name: 'plumbline-nobody' }],
})

const intoViewers: Maker = ({ mark, labels }) => ({
  apiVersion: `${rbac}/v1`, kind: 'ClusterRole', metadata: { name: mark, labels: { ...labels, 'rbac.authorization.k8s.io/aggregate-to-view': 'true' } }, rules: everything,
})

/** A token Secret of an account: what is made of it holds a token without expiry. */
export function tokenSecret(subject: Subject, account: string): Body {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { ...metadata(subject), annotations: { 'kubernetes.io/service-account.name': account } }, type: 'kubernetes.io/service-account-token' }
}

const mountsSecret: Maker = (subject) => workloadOf('pods', { name: subject.mark, labels: subject.labels }, { ...podOf('D8'), volumes: [{ name: 'secret', secret: { secretName: 'session-key' } }] })

/** By row where the row says more than its first ask. */
const byRow: Readonly<Record<string, Maker>> = {
  'A4': (subject) => tokenSecret(subject, 'default'),
  'B2': toClusterAdmin,
  'B3': toClusterAdmin,
  'B5': intoViewers,
  'B8': certificateRequest(plain),
  'B11': certificateRequest(masters),
  'C2': mountsSecret,
  'D10': (subject) => ({
    apiVersion: 'v1', kind: 'PersistentVolume', metadata: metadata(subject),
    spec: { capacity: { storage: '1Mi' }, accessModes: ['ReadWriteOnce'], hostPath: { path: '/' } },
  }),
  'D15': (subject) => ({ apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', metadata: metadata(subject), handler: 'plumbline-attempt' }),
  'E1': (subject) => ({ apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingWebhookConfiguration', metadata: metadata(subject), webhooks: [] }),
  'E3': ({ labels }) => ({
    apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'attempts.attempt.plumbline.dev', labels },
    spec: {
      group: 'attempt.plumbline.dev', scope: 'Namespaced', names: { plural: 'attempts', singular: 'attempt', kind: 'Attempt' },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
    },
  }),
  'E4': ({ labels }) => ({
    apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', metadata: { name: 'v1.attempt.plumbline.dev', labels },
    spec: { group: 'attempt.plumbline.dev', version: 'v1', groupPriorityMinimum: 1, versionPriority: 1, service: { namespace: 'default', name: 'attempt' }, insecureSkipTLSVerify: true },
  }),
  'E6': (subject) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: subject.mark, labels: { ...subject.labels, [environmentLabel]: 'production' } } }),
  'E8': (subject) => ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: metadata(subject), spec: { podSelector: {}, ingress: [{}], egress: [{}], policyTypes: ['Ingress', 'Egress'] } }),
  'E9': (subject) => ({ apiVersion: 'v1', kind: 'Endpoints', metadata: metadata(subject), subsets: [{ addresses: [{ ip: '10.0.0.1' }], ports: [{ port: 80 }] }] }),
  'E9-services': (subject) => ({ apiVersion: 'v1', kind: 'Service', metadata: metadata(subject), spec: { externalIPs: ['10.0.0.1'], ports: [{ port: 80 }] } }),
  'E10': (subject) => ({ apiVersion: 'v1', kind: 'ResourceQuota', metadata: metadata(subject), spec: { hard: { pods: '1000000' } } }),
  'E10-priority': (subject) => ({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: metadata(subject), value: 1000 }),
  'A6': () => ({ apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { audiences: [], expirationSeconds: 600 } }),
  'B6': () => ({ apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' }),
  'B9': (subject) => ({ ...certificateRequest(plain)(subject), status: {} }),
  'C11': ({ mark }) => ({ apiVersion: 'v1', kind: 'Binding', metadata: { name: mark }, target: { kind: 'Node', name: 'plumbline-nowhere' } }),
  'C12-eviction': ({ mark, namespace }) => ({ apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: mark, namespace } }),
}

/** What an attempt sends; undefined when there is nothing to send. */
export function bodyOf({ id, asks: [first] }: Row, subject: Subject): Body | undefined {
  if (first === undefined || ['get', 'list', 'watch', 'delete'].includes(first.verb)) return undefined
  if (id.startsWith('C1-')) return workloadOf(first.resource, { name: subject.mark, labels: subject.labels }, podOf('D8'))
  return byRow[id]?.(subject) ?? (first.verb === 'patch' ? { metadata: { labels: { 'plumbline.dev/attempt': 'true' } } } : undefined)
}

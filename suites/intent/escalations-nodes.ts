import { asks, row, type Row } from './escalation.ts'

/** How a pod reaches for its node. Each is offered to every environment as a pod and as a Deployment; D8 asks for nothing and must be taken. */
export const podShapes = [
  { id: 'D1', title: 'a pod with everything', why: 'the node is the pod', source: 'BP ST' },
  { id: 'D2', title: 'a privileged pod among the processes of its node', why: 'enters the node through process 1', source: 'BP' },
  { id: 'D3', title: 'a privileged pod', why: 'mounts the disks of its node', source: 'BP ST' },
  { id: 'D4', title: 'a pod with the root of its node mounted', why: 'reads kubelet credentials', source: 'BP ST' },
  { id: 'D5', title: 'a pod among the processes of its node', why: 'reads environments and files of others', source: 'BP' },
  { id: 'D6', title: 'a pod in the network of its node', why: 'past the network policies, to the metadata address', source: 'BP' },
  { id: 'D7', title: 'a pod in the shared memory of its node', why: 'reads what others share', source: 'BP' },
  { id: 'D8', title: 'a pod that asks for nothing', why: 'the control: it must be taken', source: 'BP' },
  { id: 'D9-sys-admin', title: 'a pod with the capability SYS_ADMIN', why: 'mounts, and leaves', source: 'KH IK' },
  { id: 'D9-sys-ptrace', title: 'a pod with the capability SYS_PTRACE', why: 'writes into other processes', source: 'KH IK' },
  { id: 'D9-sys-module', title: 'a pod with the capability SYS_MODULE', why: 'loads a kernel module', source: 'KH IK' },
  { id: 'D9-dac-read-search', title: 'a pod with the capability DAC_READ_SEARCH', why: 'opens files of the node by handle', source: 'KH IK' },
  { id: 'D9-net-raw', title: 'a pod with the capability NET_RAW', why: 'forges packets of its neighbours', source: 'KH IK' },
  { id: 'D9-var-log', title: 'a pod with /var/log of its node mounted', why: 'a link there is followed by the kubelet', source: 'KH IK' },
  { id: 'D9-runtime-socket', title: 'a pod with the socket of containerd mounted', why: 'starts containers past every check', source: 'KH IK' },
  { id: 'D9-proc', title: 'a pod with /proc of its node mounted', why: 'core_pattern runs programs on the node', source: 'KH IK' },
  { id: 'D9-sys', title: 'a pod with /sys of its node mounted', why: 'release_agent runs programs on the node', source: 'KH IK' },
  { id: 'D9-root', title: 'a pod that runs as root', why: 'what it breaks out to, it owns', source: 'BP' },
  { id: 'D9-capabilities-kept', title: 'a pod that keeps the usual capabilities', why: 'NET_RAW and CHOWN are among them', source: 'BP' },
  { id: 'D9-unconfined', title: 'a pod without a seccomp profile', why: 'every system call', source: 'BP' },
] as const
export type PodShapeId = (typeof podShapes)[number]['id']

const fine = asks('cluster', 'get', '', 'nodes/log', 'nodes/stats', 'nodes/metrics', 'nodes/configz', 'nodes/healthz', 'nodes/pods', 'nodes/checkpoint')

/** Group D: the node and the host. D14 (kubelet, etcd and metadata address from a pod) is judged by the traffic matrix. */
export const nodes: readonly Row[] = [
  ...podShapes.map(({ id, title, why, source }) => row(id, 'dry-run', [], { title, why, source })),
  row('D10', 'dry-run', asks('cluster', 'create update patch', '', 'persistentvolumes'), { title: 'make a volume out of a folder of a node', why: 'a host mount past the check of pods', source: 'GP IK KE CIS 5.1.9' }),
  row('D11', 'real', asks('cluster', 'get create update patch delete', '', 'nodes/proxy'), { title: 'call the kubelet through the API server', why: 'runs commands in every pod of the node, past admission and audit', source: 'GP RP KS ST IK' }),
  row('D12', 'review', fine, {
    title: 'read what a kubelet knows', why: 'must not bring nodes/proxy with it', source: 'kubernetes#119640', withholds: asks('cluster', 'get create', '', 'nodes/proxy'),
  }),
  row('D13', 'real', asks('cluster', 'patch update create delete', '', 'nodes'), { title: 'change a node', why: 'labels and taints steer pods to it', source: 'RP' }),
  row('D13-status', 'real', asks('cluster', 'patch update', '', 'nodes/status'), { title: 'write the status of a node', why: 'a node that says it has room gets the pods', source: 'RP' }),
  row('D15', 'dry-run', [
    ...asks('cluster', 'create update patch', 'node.k8s.io', 'runtimeclasses'), ...asks('cluster', 'create update patch', 'storage.k8s.io', 'csidrivers', 'volumeattachments', 'storageclasses'),
  ], { title: 'change how pods are run and volumes attached', why: 'another runtime, another node\'s disk', source: 'recalled' }),
  row('D15-snapshots', 'review', asks('namespace', 'create', 'snapshot.storage.k8s.io', 'volumesnapshots'), { title: 'copy a volume', why: 'reads another environment\'s data', source: 'recalled' }),
]

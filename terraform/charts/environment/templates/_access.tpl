{{/* Role and RoleBinding of one access profile; its rules are the template "environment.access.<profile>". Takes dict "chart" . "profile" "…". */}}
{{- define "environment.accessProfile" -}}
{{- $metadata := dict "chart" .chart "name" .profile -}}
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  {{- include "environment.metadata" $metadata | nindent 2 }}
    plumbline.dev/access-profile: {{ .profile }}
rules:
  {{- include (printf "environment.access.%s" .profile) .chart | nindent 2 }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  {{- include "environment.metadata" $metadata | nindent 2 }}
    plumbline.dev/access-profile: {{ .profile }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: {{ .profile }}
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: Group
    name: {{ printf "plumbline:%s:%s" .chart.Values.environment .profile }}
{{- end }}

{{/* What every profile may read. No secrets; configuration in ConfigMaps is not secret by definition. */}}
{{- define "environment.access.read" -}}
- apiGroups: ['']
  resources: [pods, pods/log, services, endpoints, configmaps, serviceaccounts, persistentvolumeclaims, replicationcontrollers, events, resourcequotas, limitranges]
  verbs: [get, list, watch]
- apiGroups: [apps]
  resources: [deployments, replicasets, statefulsets, daemonsets]
  verbs: [get, list, watch]
- apiGroups: [batch]
  resources: [jobs, cronjobs]
  verbs: [get, list, watch]
- apiGroups: [autoscaling]
  resources: [horizontalpodautoscalers]
  verbs: [get, list, watch]
- apiGroups: [policy]
  resources: [poddisruptionbudgets]
  verbs: [get, list, watch]
- apiGroups: [networking.k8s.io]
  resources: [ingresses, networkpolicies]
  verbs: [get, list, watch]
- apiGroups: [discovery.k8s.io]
  resources: [endpointslices]
  verbs: [get, list, watch]
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [get, list, watch]
- apiGroups: [rbac.authorization.k8s.io]
  resources: [roles, rolebindings]
  verbs: [get, list, watch]
- apiGroups: [metrics.k8s.io]
  resources: [pods]
  verbs: [get, list]
{{- end }}

{{/*
What deploying needs. Not here, each for its reason: secrets (a deployer names them and does not read them), exec and port-forward
(both bypass the network policies), network policies, quotas, roles and bindings (they are the platform's).
*/}}
{{- define "environment.access.deploy" -}}
- apiGroups: ['']
  resources: [services, configmaps, persistentvolumeclaims]
  verbs: [create, update, patch, delete]
- apiGroups: ['']
  resources: [pods]
  verbs: [delete]
- apiGroups: [apps]
  resources: [deployments, statefulsets]
  verbs: [create, update, patch, delete]
- apiGroups: [apps]
  resources: [deployments/scale, statefulsets/scale]
  verbs: [get, update, patch]
- apiGroups: [batch]
  resources: [jobs, cronjobs]
  verbs: [create, update, patch, delete]
- apiGroups: [autoscaling]
  resources: [horizontalpodautoscalers]
  verbs: [create, update, patch, delete]
- apiGroups: [policy]
  resources: [poddisruptionbudgets]
  verbs: [create, update, patch, delete]
- apiGroups: [networking.k8s.io]
  resources: [ingresses]
  verbs: [create, update, patch, delete]
{{- end }}

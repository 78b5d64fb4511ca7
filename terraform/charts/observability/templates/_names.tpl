{{/* Labels of every object that this chart makes. */}}
{{- define "observability.labels" -}}
app.kubernetes.io/part-of: plumbline
app.kubernetes.io/managed-by: {{ .Release.Service }}
plumbline.dev/platform: observability
{{- end }}

{{/* Name, namespace and labels. Takes dict "chart" . "name" "…" ("namespace" "…") ("component" "…"). The namespace is never the one that holds the release record. */}}
{{- define "observability.metadata" -}}
name: {{ .name }}
namespace: {{ .namespace | default "observability" }}
labels:
  {{- include "observability.labels" .chart | nindent 2 }}
  {{- with .component }}
  app.kubernetes.io/name: {{ . }}
  {{- end }}
{{- end }}

{{/* As above for what has no namespace. Takes dict "chart" . "name" "…". */}}
{{- define "observability.clusterMetadata" -}}
name: {{ .name }}
labels:
  {{- include "observability.labels" .chart | nindent 2 }}
{{- end }}

{{/* ClusterRoleBinding of a service account to the cluster role of the same name. Takes dict "chart" . "name" "…" "account" "…" ("namespace" "…"). */}}
{{- define "observability.clusterRoleBinding" -}}
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  {{- include "observability.clusterMetadata" . | nindent 2 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: {{ .name }}
subjects:
  {{- range .accounts }}
  - { kind: ServiceAccount, namespace: {{ $.namespace | default "observability" }}, name: {{ . }} }
  {{- end }}
{{- end }}

{{/* The runbook of an alert is <runbooks>/<alert>.md; rule files carry this in its place, so that they can be checked as they are. */}}
{{- define "observability.rules" -}}
{{- .text | replace "https://runbooks.invalid" (.chart.Values.runbooks | trimSuffix "/") }}
{{- end }}

{{/* "10.0.0.7" and "2001:db8::7" as ranges of one address. */}}
{{- define "observability.address" -}}
{{ printf "%s/%d" . (ternary 128 32 (contains ":" .)) }}
{{- end }}

{{/* Labels of every object that this chart makes. */}}
{{- define "secrets.labels" -}}
app.kubernetes.io/part-of: plumbline
app.kubernetes.io/managed-by: {{ .Release.Service }}
plumbline.dev/platform: secrets
{{- end }}

{{/* Name, namespace and labels. Takes dict "chart" . "name" "…". The namespace is the controller's, never the one that holds the release record. */}}
{{- define "secrets.metadata" -}}
name: {{ .name }}
namespace: {{ .chart.Values.namespace }}
labels:
  {{- include "secrets.labels" .chart | nindent 2 }}
{{- end }}

{{/* What tells the controller's pods apart. */}}
{{- define "secrets.selector" -}}
app.kubernetes.io/name: sealed-secrets
{{- end }}

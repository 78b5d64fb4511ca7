{{/* Labels of every object that this chart makes. */}}
{{- define "overrides.labels" -}}
app.kubernetes.io/part-of: plumbline
app.kubernetes.io/managed-by: {{ .Release.Service }}
plumbline.dev/platform: overrides
{{- end }}

{{/* Name, namespace and labels. Takes dict "chart" . "name" "…". The namespace is never the one that holds the release record. */}}
{{- define "overrides.metadata" -}}
name: {{ .name }}
namespace: overrides
labels:
  {{- include "overrides.labels" .chart | nindent 2 }}
{{- end }}

{{- define "overrides.selector" -}}
app.kubernetes.io/name: override-keeper
{{- end }}

{{/* Labels of every object that this chart makes. */}}
{{- define "audit.labels" -}}
app.kubernetes.io/part-of: plumbline
app.kubernetes.io/managed-by: {{ .Release.Service }}
plumbline.dev/platform: audit
{{- end }}

{{/* Name, namespace and labels. Takes dict "chart" . "name" "…". The namespace is never the one that holds the release record. */}}
{{- define "audit.metadata" -}}
name: {{ .name }}
namespace: audit
labels:
  {{- include "audit.labels" .chart | nindent 2 }}
{{- end }}

{{- define "audit.selector" -}}
app.kubernetes.io/name: audit-forwarder
{{- end }}

{{/* Labels of every object that this chart makes. */}}
{{- define "environment.labels" -}}
app.kubernetes.io/part-of: plumbline
app.kubernetes.io/managed-by: {{ .Release.Service }}
plumbline.dev/environment: {{ .Values.environment }}
{{- end }}

{{/* Name, namespace and labels. Takes dict "chart" . "name" "…". The namespace is the environment's, never the one that holds the release record. */}}
{{- define "environment.metadata" -}}
name: {{ .name }}
namespace: {{ .chart.Values.environment }}
labels:
  {{- include "environment.labels" .chart | nindent 2 }}
{{- end }}

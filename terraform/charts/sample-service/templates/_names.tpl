{{/* Labels of every object that this chart makes. */}}
{{- define "sample-service.labels" -}}
app.kubernetes.io/part-of: plumbline
app.kubernetes.io/managed-by: {{ .Release.Service }}
plumbline.dev/environment: {{ .Values.environment }}
{{- end }}

{{/* Name, namespace and labels. Takes dict "chart" . ("name" "…"); without a name it is the service's. */}}
{{- define "sample-service.metadata" -}}
name: {{ .name | default .chart.Values.name }}
namespace: {{ .chart.Values.environment }}
labels:
  {{- include "sample-service.labels" .chart | nindent 2 }}
{{- end }}

{{/* What tells the service's pods apart. */}}
{{- define "sample-service.selector" -}}
app.kubernetes.io/name: {{ .Values.name }}
{{- end }}

{{- define "sample-service.host" -}}
{{ .Values.name }}.{{ .Values.environment }}.{{ .Values.domain }}
{{- end }}

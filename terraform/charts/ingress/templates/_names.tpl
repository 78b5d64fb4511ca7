{{/* Labels of every object that this chart makes. */}}
{{- define "ingress.labels" -}}
app.kubernetes.io/part-of: plumbline
app.kubernetes.io/managed-by: {{ .Release.Service }}
plumbline.dev/platform: ingress
{{- end }}

{{/* Name, namespace and labels. Takes dict "chart" . "name" "…" ("namespace" "…"). The namespace is never the one that holds the release record. */}}
{{- define "ingress.metadata" -}}
name: {{ .name }}
namespace: {{ .namespace | default .chart.Values.namespace }}
labels:
  {{- include "ingress.labels" .chart | nindent 2 }}
{{- end }}

{{/* What tells the controller's pods apart. */}}
{{- define "ingress.selector" -}}
app.kubernetes.io/name: traefik
{{- end }}

{{/*
A NetworkPolicy whose spec is the template "overrides.network.<name>". Takes dict "chart" . "name" "…" "why" "…".
The approval reference ends in a digest of the spec, so a changed spec always comes with a changed reference.
*/}}
{{- define "overrides.networkPolicy" -}}
{{- $spec := include (printf "overrides.network.%s" .name) .chart -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "overrides.metadata" . | nindent 2 }}
  annotations:
    plumbline.dev/approval: {{ printf "%s@%s" .chart.Values.approval.reference (sha256sum $spec | trunc 12) | quote }}
    plumbline.dev/why: {{ .why | quote }}
spec:
  {{- $spec | nindent 2 }}
{{- end }}

{{/* Pods of one namespace, as a peer. Takes a value with `namespace` and `podLabels`. */}}
{{- define "overrides.peer" -}}
- namespaceSelector:
    matchLabels:
      kubernetes.io/metadata.name: {{ .namespace }}
  podSelector:
    matchLabels:
      {{- toYaml .podLabels | nindent 6 }}
{{- end }}

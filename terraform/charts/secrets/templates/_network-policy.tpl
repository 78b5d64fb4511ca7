{{/*
A NetworkPolicy whose spec is the template "secrets.network.<name>". Takes dict "chart" . "name" "…" "why" "…" ("keep" true).
The approval reference ends in a digest of the spec, so a changed spec always comes with a changed reference: that is what the
guardrail on segmentation asks for in the environments, and here it is kept the same.
*/}}
{{- define "secrets.networkPolicy" -}}
{{- $spec := include (printf "secrets.network.%s" .name) .chart -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "secrets.metadata" . | nindent 2 }}
  annotations:
    plumbline.dev/approval: {{ printf "%s@%s" .chart.Values.approval.reference (sha256sum $spec | trunc 12) | quote }}
    plumbline.dev/why: {{ .why | quote }}
    {{- if .keep }}
    helm.sh/resource-policy: keep
    {{- end }}
spec:
  {{- $spec | nindent 2 }}
{{- end }}

{{/* The API server as a network policy knows it: policies are judged after the Service's address was replaced by these. */}}
{{- define "secrets.controlPlane" -}}
{{- range .Values.controlPlane.addresses }}
- ipBlock: { cidr: {{ printf "%s/%d" . (ternary 128 32 (contains ":" .)) }} }
{{- end }}
{{- end }}

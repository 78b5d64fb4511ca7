{{/*
A NetworkPolicy whose spec is the template "environment.network.<name>". Takes dict "chart" . "name" "…" "why" "…" ("keep" true).
The approval reference ends in a digest of the spec, so a changed spec always comes with a changed reference: that is what the
guardrail on segmentation asks for, of this release as of everybody else.
*/}}
{{- define "environment.networkPolicy" -}}
{{- $spec := include (printf "environment.network.%s" .name) .chart -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "environment.metadata" . | nindent 2 }}
  annotations:
    plumbline.dev/approval: {{ printf "%s@%s" .chart.Values.approval.reference (sha256sum $spec | trunc 12) | quote }}
    plumbline.dev/why: {{ .why | quote }}
    {{- if .keep }}
    helm.sh/resource-policy: keep
    {{- end }}
spec:
  {{- $spec | nindent 2 }}
{{- end }}

{{/*
A NetworkPolicy whose spec is the template "ingress.network.<name>". Takes dict "chart" . "name" "…" "why" "…" ("keep" true).
The approval reference ends in a digest of the spec, so a changed spec always comes with a changed reference: that is what the
guardrail on segmentation asks for in the environments, and here it is kept the same.
*/}}
{{- define "ingress.networkPolicy" -}}
{{- $spec := include (printf "ingress.network.%s" .name) .chart -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "ingress.metadata" . | nindent 2 }}
  annotations:
    plumbline.dev/approval: {{ printf "%s@%s" .chart.Values.approval.reference (sha256sum $spec | trunc 12) | quote }}
    plumbline.dev/why: {{ .why | quote }}
    {{- if .keep }}
    helm.sh/resource-policy: keep
    {{- end }}
spec:
  {{- $spec | nindent 2 }}
{{- end }}

{{/* Pods of one namespace, as a peer. Takes dict "namespace" "…" "podLabels" (…). */}}
{{- define "ingress.peer" -}}
- namespaceSelector:
    matchLabels:
      kubernetes.io/metadata.name: {{ .namespace }}
  podSelector:
    matchLabels:
      {{- toYaml .podLabels | nindent 6 }}
{{- end }}

{{/*
A NetworkPolicy whose spec is the template "observability.network.<name>". Takes dict "chart" . "name" "…" "why" "…" ("namespace" "…").
The approval reference ends in a digest of the spec, so a changed spec always comes with a changed reference.
*/}}
{{- define "observability.networkPolicy" -}}
{{- $spec := include (printf "observability.network.%s" .name) .chart -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "observability.metadata" . | nindent 2 }}
  annotations:
    plumbline.dev/approval: {{ printf "%s@%s" .chart.Values.approval.reference (sha256sum $spec | trunc 12) | quote }}
    plumbline.dev/why: {{ .why | quote }}
spec:
  {{- $spec | nindent 2 }}
{{- end }}

{{- define "observability.toDns" -}}
- to:
    - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: {{ .Values.dns.namespace }} } }
      podSelector:
        matchLabels:
          {{- toYaml .Values.dns.podLabels | nindent 10 }}
  ports:
    - { protocol: UDP, port: 53 }
    - { protocol: TCP, port: 53 }
{{- end }}

{{/* Judged after the service's address became the API server's own. */}}
{{- define "observability.toApiServer" -}}
- to:
    {{- range .Values.controlPlane.addresses }}
    - ipBlock: { cidr: {{ include "observability.address" . }} }
    {{- end }}
  ports:
    - { protocol: TCP, port: {{ .Values.controlPlane.port }} }
{{- end }}

{{/* Requests that come through the API server's services/proxy arrive from the control plane. */}}
{{- define "observability.controlPlanePeers" -}}
{{- range .Values.controlPlane.addresses }}
- ipBlock: { cidr: {{ include "observability.address" . }} }
{{- end }}
{{- end }}

{{/* A component of this namespace as a peer. Takes its name. */}}
{{- define "observability.peer" -}}
- podSelector: { matchLabels: { app.kubernetes.io/name: {{ . }} } }
{{- end }}

{{- define "guardrails.labels" -}}
app.kubernetes.io/part-of: plumbline
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{/* The namespaces of the environments, by the one label that nobody can change. */}}
{{- define "guardrails.environments" -}}
matchExpressions:
  - key: kubernetes.io/metadata.name
    operator: In
    values: {{ toJson .Values.environments }}
{{- end }}

{{/* Binding of a policy of the same name: refused, and both outcomes leave a line in the audit log. Takes dict "chart" . "name" "…" ("everywhere" true | "parts" true: the namespaces of the platform's own parts too). */}}
{{- define "guardrails.binding" -}}
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: {{ .name }}
  labels:
    {{- include "guardrails.labels" .chart | nindent 4 }}
spec:
  policyName: {{ .name }}
  validationActions: [Deny, Audit]
  {{- if .parts }}
  matchResources:
    namespaceSelector:
      matchExpressions:
        - { key: kubernetes.io/metadata.name, operator: In, values: {{ toJson (concat .chart.Values.environments .chart.Values.parts) }} }
  {{- else if not .everywhere }}
  matchResources:
    namespaceSelector:
      {{- include "guardrails.environments" .chart | nindent 6 }}
  {{- end }}
{{- end }}

{{/* What an approval reference looks like. */}}
{{- define "guardrails.reference" -}}
^[A-Za-z0-9][A-Za-z0-9._/:@-]{2,127}$
{{- end }}

{{/*
An exception to a guardrail: named on the object, and given by somebody who holds the verb `override` on `guardrails.plumbline.dev`.
No profile holds it; a cluster administrator does by its wildcard. So the exception works the same on every cluster, whatever
its administrator is called, and it is in the audit log with its reference.
*/}}
{{- define "guardrails.exception" -}}
object.metadata.?annotations[?'plumbline.dev/exception'].orValue('').matches('{{ include "guardrails.reference" . }}')
  && authorizer.group('plumbline.dev').resource('guardrails').check('override').allowed()
{{- end }}

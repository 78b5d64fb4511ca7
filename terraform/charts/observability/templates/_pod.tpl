{{/* What Pod Security `restricted` asks of a pod, and a user that is nobody on the node. */}}
{{- define "observability.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "observability.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{/* Readiness and liveness by one path. Takes dict "port" "…" "ready" "/…" "live" "/…". */}}
{{- define "observability.probes" -}}
readinessProbe:
  httpGet: { path: {{ .ready }}, port: {{ .port }} }
  periodSeconds: 2
  timeoutSeconds: 2
livenessProbe:
  httpGet: { path: {{ .live }}, port: {{ .port }} }
  periodSeconds: 15
  timeoutSeconds: 5
  failureThreshold: 6
{{- end }}

{{/* A volume called `data`: a claim where the cluster has storage, else a folder that ends with the pod. Takes dict "chart" . "claim" "…" "size" "…". */}}
{{- define "observability.dataVolume" -}}
- name: data
  {{- if .chart.Values.storage.className }}
  persistentVolumeClaim: { claimName: {{ .claim }} }
  {{- else }}
  emptyDir: { sizeLimit: {{ .size }} }
  {{- end }}
{{- end }}

{{- define "observability.claim" -}}
{{- if .chart.Values.storage.className }}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  {{- include "observability.metadata" (dict "chart" .chart "name" .claim) | nindent 2 }}
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: {{ .chart.Values.storage.className }}
  resources:
    requests: { storage: {{ .size }} }
{{- end }}
{{- end }}

{{/* Service of one port. Takes dict "chart" . "name" "…" "port" 0. */}}
{{- define "observability.service" -}}
apiVersion: v1
kind: Service
metadata:
  {{- include "observability.metadata" (dict "chart" .chart "name" .name "component" .name) | nindent 2 }}
spec:
  selector: { app.kubernetes.io/name: {{ .name }} }
  ports:
    - { name: http, protocol: TCP, port: {{ .port }}, targetPort: http }
{{- end }}

{{- define "observability.serviceAccount" -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  {{- include "observability.metadata" . | nindent 2 }}
automountServiceAccountToken: false
{{- end }}

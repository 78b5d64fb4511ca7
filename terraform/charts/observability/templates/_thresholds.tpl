{{/*
Rules that come from the values: the thresholds of each environment's alerts as series, what is to be probed, and the objective. The
other rules are plain files (rules/) that read these.
*/}}
{{- define "observability.thresholds" -}}
groups:
  - name: thresholds
    rules:
      {{- range $environment := .Values.environments }}
      {{- $alerts := $environment.alerts }}
      {{- range $alert, $value := dict
        "EnvironmentCpuHigh" (printf "%v / 100" $alerts.cpuPercent)
        "EnvironmentMemoryHigh" (printf "%v / 100" $alerts.memoryPercent)
        "EnvironmentPodsUnhealthy" (printf "%v / 100" $alerts.podsReadyPercent)
        "EnvironmentRequestsFailing" (printf "%v / 100" $alerts.requestSuccessPercent)
        "EnvironmentIngressSlow" (printf "%v / 1000" $alerts.ingressLatencyMs) }}
      - record: environment:alert_threshold
        expr: vector({{ $value }})
        labels: { alert: {{ $alert }}, environment: {{ $environment.name }} }
      {{- end }}
      {{- range $service := list "api-server" "etcd" "ingress" }}
      {{- range $vantage := list "inside" "outside" }}
      - record: slo:expected
        expr: vector(1)
        labels: { service: {{ $service }}, vantage: {{ $vantage }}, environment: {{ $environment.name }} }
      {{- end }}
      {{- end }}
      {{- end }}
      - record: slo:objective:ratio
        expr: vector({{ .Values.availability.objectivePercent }} / 100)
{{- end }}

{{/*
Configuration of one prober. Takes dict "chart" . "apiServer" "host" "apiServerPort" "…" "token" "path" "clusterCa" "path"
"ingress" "host" "ingressCa" "path". Every environment is asked for by itself, although etcd is one for all: each has its own verdict.
A gauge with the time of its probe, and not a counter: whether the last probe is older than it may be is then in the data.
*/}}
{{- define "observability.proberConfig" -}}
{{- $ := . -}}
{{- range .chart.Values.environments }}
{{- include "observability.apiProbe" (merge (dict "service" "api-server" "environment" .name "path" (printf "/api/v1/namespaces/%s" .name)) $) }}
{{- include "observability.apiProbe" (merge (dict "service" "etcd" "environment" .name "path" "/readyz/etcd") $) }}
{{- include "observability.ingressProbe" (merge (dict "environment" .name) $) }}
{{- end }}
surfacer {
  type: PROMETHEUS
  export_as_gauge: true
  prometheus_surfacer { metrics_prefix: "prober_" include_timestamp: true }
}
port: 9313
{{ end }}

{{- define "observability.probeFrame" }}
  type: HTTP
  interval: "15s"
  timeout: "5s"
  latency_unit: "s"
  additional_label { key: "service" value: "{{ .service }}" }
  additional_label { key: "environment" value: "{{ .environment }}" }
  validator { name: "ok" http_validator { success_status_codes: "200" } }
{{- end }}

{{- define "observability.apiProbe" }}
probe {
  name: "{{ .service }}-{{ .environment }}"
  {{- include "observability.probeFrame" . }}
  targets { host_names: "{{ .apiServer }}" }
  http_probe {
    scheme: HTTPS
    port: {{ .apiServerPort }}
    relative_url: "{{ .path }}"
    oauth_config { file: "{{ .token }}" }
    tls_config { ca_cert_file: "{{ .clusterCa }}" }
  }
}
{{- end }}

{{- define "observability.ingressProbe" }}
{{- $ingress := .chart.Values.ingress }}
{{- $host := printf "%s.%s.%s" $ingress.canary .environment .chart.Values.domain }}
probe {
  name: "ingress-{{ .environment }}"
  {{- include "observability.probeFrame" (merge (dict "service" "ingress") .) }}
  targets { host_names: "{{ .ingress }}" }
  http_probe {
    scheme: HTTPS
    port: 443
    relative_url: "{{ $ingress.canaryPath }}"
    header { key: "Host" value: "{{ $host }}" }
    tls_config { ca_cert_file: "{{ .ingressCa }}" server_name: "{{ $host }}" }
  }
}
{{- end }}

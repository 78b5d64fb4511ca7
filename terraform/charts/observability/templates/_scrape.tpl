{{- define "observability.environmentNames" -}}
{{- range $at, $each := .Values.environments }}{{ if $at }}|{{ end }}{{ $each.name }}{{ end }}
{{- end }}

{{/* The tag that everything is asked by: series of an environment's namespace get the label `environment`. */}}
{{- define "observability.fromNamespace" -}}
- { source_labels: [namespace], regex: {{ include "observability.environmentNames" . }}, target_label: environment, replacement: $0 }
{{- end }}

{{- define "observability.serviceAccountToken" -}}
authorization: { credentials_file: /var/run/secrets/kubernetes.io/serviceaccount/token }
{{- end }}

{{/* A kubelet's certificate is signed by the kubelet itself unless the cluster approves serving certificates, which LKE does not. */}}
{{- define "observability.kubelet" -}}
scheme: https
tls_config: { insecure_skip_verify: true }
{{ include "observability.serviceAccountToken" . }}
kubernetes_sd_configs: [ { role: node } ]
relabel_configs:
  - { source_labels: [__meta_kubernetes_node_name], target_label: node }
{{- end }}

{{- define "observability.scrape" -}}
scrape_configs:
  - job_name: api-server
    scheme: https
    tls_config: { ca_file: /var/run/secrets/kubernetes.io/serviceaccount/ca.crt }
    {{- include "observability.serviceAccountToken" . | nindent 4 }}
    static_configs: [ { targets: ['kubernetes.default.svc:443'] } ]
    metric_relabel_configs:
      - { source_labels: [__name__], regex: 'apiserver_request_total|apiserver_request_duration_seconds_(sum|count)|apiserver_current_inflight_requests|apiserver_storage_size_bytes|authorization_attempts_total|etcd_request_duration_seconds_(sum|count)|process_(cpu_seconds_total|resident_memory_bytes|start_time_seconds)', action: keep }
  - job_name: kubelet
    {{- include "observability.kubelet" . | nindent 4 }}
    metric_relabel_configs:
      - { source_labels: [__name__], regex: 'kubelet_(running_pods|running_containers|node_name|pleg_relist_duration_seconds_(sum|count))|process_(cpu_seconds_total|resident_memory_bytes|start_time_seconds)', action: keep }
  - job_name: cadvisor
    metrics_path: /metrics/cadvisor
    # A container that is gone must not be counted for another five minutes.
    track_timestamps_staleness: true
    {{- include "observability.kubelet" . | nindent 4 }}
    metric_relabel_configs:
      - { source_labels: [__name__], regex: 'container_(cpu_usage_seconds_total|cpu_cfs_throttled_periods_total|cpu_cfs_periods_total|memory_working_set_bytes|network_(receive|transmit)_bytes_total|oom_events_total|start_time_seconds)|machine_(cpu_cores|memory_bytes)', action: keep }
      {{- include "observability.fromNamespace" . | nindent 6 }}
  - job_name: kube-state-metrics
    # The labels of the objects count, not those of the pod that tells of them.
    honor_labels: true
    static_configs: [ { targets: ['kube-state-metrics:8080'] } ]
    metric_relabel_configs:
      {{- include "observability.fromNamespace" . | nindent 6 }}
  - job_name: dns
    kubernetes_sd_configs: [ { role: pod, namespaces: { names: [{{ .Values.dns.namespace }}] } } ]
    relabel_configs:
      {{- range $label, $value := .Values.dns.podLabels }}
      - { source_labels: [__meta_kubernetes_pod_label_{{ $label | replace "-" "_" | replace "." "_" | replace "/" "_" }}], regex: {{ $value }}, action: keep }
      {{- end }}
      - { source_labels: [__meta_kubernetes_pod_container_port_number], regex: '9153', action: keep }
      - { source_labels: [__meta_kubernetes_pod_name], target_label: pod }
    metric_relabel_configs:
      - { source_labels: [__name__], regex: 'coredns_dns_(requests_total|responses_total|request_duration_seconds_(sum|count))|process_(cpu_seconds_total|resident_memory_bytes)', action: keep }
  - job_name: ingress
    kubernetes_sd_configs: [ { role: pod, namespaces: { names: [{{ .Values.ingress.namespace }}] } } ]
    relabel_configs:
      {{- range $label, $value := .Values.ingress.podLabels }}
      - { source_labels: [__meta_kubernetes_pod_label_{{ $label | replace "-" "_" | replace "." "_" | replace "/" "_" }}], regex: {{ $value }}, action: keep }
      {{- end }}
      - { source_labels: [__meta_kubernetes_pod_container_port_name], regex: metrics, action: keep }
      - { source_labels: [__meta_kubernetes_pod_name], target_label: pod }
    metric_relabel_configs:
      - { source_labels: [__name__], regex: 'traefik_.*|process_(cpu_seconds_total|resident_memory_bytes|start_time_seconds)', action: keep }
      # <environment>-<service>-<port>@kubernetes
      - { source_labels: [service], regex: '({{ include "observability.environmentNames" . }})-.+@kubernetes', target_label: environment, replacement: $1 }
  - job_name: workloads
    kubernetes_sd_configs:
      - role: pod
        namespaces: { names: [{{ range $at, $each := .Values.environments }}{{ if $at }}, {{ end }}{{ $each.name }}{{ end }}] }
    relabel_configs:
      - { source_labels: [__meta_kubernetes_pod_container_port_name], regex: metrics, action: keep }
      - { source_labels: [__meta_kubernetes_pod_phase], regex: Running, action: keep }
      - { source_labels: [__meta_kubernetes_namespace], target_label: namespace }
      - { source_labels: [__meta_kubernetes_namespace], target_label: environment }
      - { source_labels: [__meta_kubernetes_pod_name], target_label: pod }
      - { source_labels: [__meta_kubernetes_pod_label_app_kubernetes_io_name], target_label: service }
  - job_name: audit
    kubernetes_sd_configs: [ { role: pod, namespaces: { names: [audit] } } ]
    relabel_configs:
      - { source_labels: [__meta_kubernetes_pod_container_port_name], regex: metrics, action: keep }
      - { source_labels: [__meta_kubernetes_pod_name], target_label: pod }
  - job_name: overrides
    kubernetes_sd_configs: [ { role: pod, namespaces: { names: [overrides] } } ]
    relabel_configs:
      - { source_labels: [__meta_kubernetes_pod_container_port_name], regex: metrics, action: keep }
      # The namespace that it tells of counts, not its own.
      - { source_labels: [__meta_kubernetes_pod_name], target_label: pod }
    metric_relabel_configs:
      - { source_labels: [__name__], regex: 'override_keeper_.*', action: keep }
      {{- include "observability.fromNamespace" . | nindent 6 }}
  - job_name: prober
    static_configs:
      - { targets: ['prober:9313'], labels: { vantage: inside } }
      {{- with .Values.outsideProbers }}
      - { targets: {{ toJson . }}, labels: { vantage: outside } }
      {{- end }}
  {{- range $name, $port := dict "alertmanager" 9093 "victoria-logs" 9428 "vmalert" 8880 }}
  - job_name: {{ $name }}
    static_configs: [ { targets: ['{{ $name }}:{{ $port }}'] } ]
    metric_relabel_configs:
      - { source_labels: [__name__], regex: '(alertmanager|vl|vmalert)_.*|process_(cpu_seconds_total|resident_memory_bytes|start_time_seconds)', action: keep }
  {{- end }}
  - job_name: prometheus
    static_configs: [ { targets: ['localhost:9090'] } ]
    metric_relabel_configs:
      - { source_labels: [__name__], regex: 'prometheus_(tsdb_head_series|rule_.*|notifications_.*|target_.*|build_info|config_last_reload_successful)|process_(cpu_seconds_total|resident_memory_bytes|start_time_seconds)', action: keep }
{{- end }}

{{/* The controller's whole configuration; it reads no file. */}}
{{- define "ingress.arguments" -}}
- --global.checknewversion=false
- --global.sendanonymoususage=false
- --log.format=json
- --entrypoints.web.address=:8000
# The port that clients know, not the container's.
- --entrypoints.web.http.redirections.entrypoint.to=:443
- --entrypoints.web.http.redirections.entrypoint.scheme=https
- --entrypoints.web.http.redirections.entrypoint.permanent=true
- --entrypoints.websecure.address=:8443
# Without it the certificate of an Ingress is loaded and every request is 404.
- --entrypoints.websecure.http.tls=true
# Goes on serving while the Service still sends requests here.
- --entrypoints.websecure.transport.lifecycle.requestacceptgracetimeout=5s
- --entrypoints.websecure.transport.lifecycle.gracetimeout=20s
- --entrypoints.metrics.address=:9100
- --ping=true
- --ping.entrypoint=metrics
- --providers.kubernetesingress=true
- --providers.kubernetesingress.ingressclass=traefik
- --providers.kubernetesingress.namespaces={{ append .Values.environments .Values.namespace | join "," }}
- --providers.kubernetesingress.ingressendpoint.publishedservice={{ .Values.namespace }}/traefik
# A service without a ready pod answers 503 and is counted; otherwise its host would be unknown, and nobody would be told.
- --providers.kubernetesingress.allowemptyservices=true
- --providers.kubernetesingress.strictprefixmatching=true
- --metrics.prometheus=true
- --metrics.prometheus.entrypoint=metrics
- --metrics.prometheus.addrouterslabels=true
- --metrics.prometheus.addserviceslabels=true
- --metrics.prometheus.buckets={{ join "," .Values.buckets }}
- --accesslog=true
- --accesslog.format=json
# What follows the question mark may hold tokens.
- --accesslog.fields.queryparameters.defaultmode=drop
{{- end }}

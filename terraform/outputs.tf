output "cluster" {
  description = "The LKE cluster."
  value = {
    id                 = module.cluster.id
    label              = module.cluster.label
    region             = module.cluster.region
    tier               = var.tier
    kubernetes_version = module.cluster.kubernetes_version
    api_endpoints      = module.cluster.api_endpoints
    status             = module.cluster.status
  }
}

output "kubeconfig" {
  description = "Kubeconfig with the cluster's administrator token; base64 of YAML."
  value       = module.cluster.kubeconfig
  sensitive   = true
}

output "environments" {
  description = "Environments by name: their namespace and the purpose of the pool they run on."
  value       = { for name, environment in var.environments : name => { namespace = name, purpose = environment.pool } }
}

output "pools" {
  description = "Node pools by purpose."
  value = merge(
    { (local.system_pool.purpose) = { id = module.cluster.pool.id, type = module.cluster.pool.type, count = module.cluster.pool.count } },
    { for purpose, pool in module.node_pool : purpose => { id = pool.id, type = pool.type, count = pool.count } },
  )
}

output "firewall" {
  description = "The Cloud Firewall on the nodes."
  value       = one([for firewall in concat(module.pool_firewall, module.machine_firewall) : { id = firewall.id, label = firewall.label }])
}

output "state" {
  description = "Where this state is kept."
  value = {
    bucket        = module.state_bucket.label
    region        = module.state_bucket.region
    endpoint      = module.state_bucket.endpoint
    key           = local.state_key
    keep_versions = var.state.keep_versions
  }
}

output "audit" {
  description = "Where audit records are kept."
  value = {
    bucket         = module.audit_bucket.label
    region         = module.audit_bucket.region
    endpoint       = module.audit_bucket.endpoint
    retention_days = var.audit.retention_days
  }
}

output "secrets" {
  description = "Where the platform's secrets are kept, encrypted."
  value = {
    bucket   = module.secrets_bucket.label
    region   = module.secrets_bucket.region
    endpoint = module.secrets_bucket.endpoint
  }
}

output "audit_reader_key" {
  description = "Reads the audit bucket, and nothing else."
  value       = module.audit_reader_key.key
  sensitive   = true
}

output "audit_writer_key" {
  description = "Reads and writes the audit bucket; what is locked there it can neither change nor delete."
  value       = module.audit_writer_key.key
  sensitive   = true
}

output "object_storage_key" {
  description = "Reads the state, audit and secrets buckets, and nothing else."
  value       = module.verifier_key.key
  sensitive   = true
}

output "database" {
  description = "The managed PostgreSQL; ca_certificate is base64 of PEM."
  value = {
    id             = module.database.id
    host           = module.database.host
    port           = module.database.port
    engine         = module.database.engine
    ca_certificate = module.database.ca_certificate
  }
}

output "database_admin" {
  description = "The database's administrator."
  value       = module.database.admin
  sensitive   = true
}

output "access_tokens" {
  description = "API tokens by the name of their holder."
  value       = { for name, token in module.access_token : name => token.token }
  sensitive   = true
}

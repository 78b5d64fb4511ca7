# The root, planned and applied against a provider that is a mock: what goes where, and what comes out.

mock_provider "linode" {
  override_during = plan

  override_data {
    target = data.linode_region.this
    values = { id = "us-east", capabilities = ["Kubernetes", "Kubernetes Enterprise", "Cloud Firewall", "Object Storage", "Managed Databases"] }
  }

  override_data {
    target = data.linode_lke_versions.offered
    values = { versions = [{ id = "v1.35.4+lke1", tier = "enterprise" }, { id = "1.35", tier = "standard" }] }
  }

  override_resource {
    target = module.cluster.linode_lke_cluster.this
    values = { id = "101", kubeconfig = "a2luZDogQ29uZmln", api_endpoints = ["https://127.0.0.1:6443"], status = "ready" }
  }

  override_resource {
    target = module.pool_firewall.linode_firewall.this
    values = { id = "201" }
  }

  override_resource {
    target = module.machine_firewall.linode_firewall.this
    values = { id = "202" }
  }

  override_resource {
    target = module.node_pool.linode_lke_node_pool.this
    values = { id = "301", nodes = [{ id = "n1", instance_id = 9001, status = "ready" }] }
  }

  override_resource {
    target = module.state_bucket.linode_object_storage_bucket.this
    values = { s3_endpoint = "127.0.0.1:9443" }
  }

  override_resource {
    target = module.audit_bucket.linode_object_storage_bucket.this
    values = { s3_endpoint = "127.0.0.1:9443" }
  }

  override_resource {
    target = module.verifier_key.linode_object_storage_key.this
    values = { access_key = "AK", secret_key = "SK" }
  }

  override_resource {
    target = module.database.linode_database_postgresql_v2.this
    values = { id = "401", host_primary = "10.0.0.5", port = 5432, ssl_connection = true, ca_cert = "PEM", root_username = "admin", root_password = "secret" }
  }

  override_resource {
    target = module.access_token.linode_token.this
    values = { token = "t0ken" }
  }
}

variables {
  name               = "plumbline"
  region             = "us-east"
  tier               = "enterprise"
  kubernetes_version = "v1.35.4+lke1"
  control_plane      = { high_availability = true, audit_logs = true, allowed_addresses = { ipv4 = ["127.0.0.1/32"], ipv6 = [] } }
  pools = [
    { purpose = "system", type = "g6-standard-4", count = 1 },
    { purpose = "nonproduction", type = "g6-standard-4", count = 1 },
    { purpose = "production", type = "g6-standard-4", count = 2 },
  ]
  environments = {
    development = { pool = "nonproduction" }
    staging     = { pool = "nonproduction" }
    production  = { pool = "production" }
    system      = { pool = "system" }
  }
  database = { type = "g6-nanode-1", engine = "postgresql/15", cluster_size = 1, allow_list = ["10.0.0.0/8"] }
  state    = { bucket = "plumbline-state", keep_versions = 30 }
  audit    = { bucket = "plumbline-audit", retention_days = 90 }
}

run "enterprise" {
  command = apply

  assert {
    condition     = output.cluster == { id = 101, label = "plumbline", region = "us-east", tier = "enterprise", kubernetes_version = "v1.35.4+lke1", api_endpoints = ["https://127.0.0.1:6443"], status = "ready" }
    error_message = "cluster: ${jsonencode(output.cluster)}"
  }
}

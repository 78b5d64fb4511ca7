# There is no switch for TLS: Linode's databases refuse connections without it. ssl_connection is checked all the same.
resource "linode_database_postgresql_v2" "this" {
  label        = var.label
  region       = var.region
  type         = var.database.type
  engine_id    = var.database.engine
  cluster_size = var.database.cluster_size
  allow_list   = var.database.allow_list

  timeouts {
    create = var.timeouts.create
    update = var.timeouts.update
    delete = var.timeouts.delete
  }

  lifecycle {
    postcondition {
      condition     = self.ssl_connection
      error_message = "The database ${var.label} takes connections without TLS. Do not use it; ask Linode's support, or make another."
    }
  }
}

locals {
  # Pools with this tag belong to resources of their own; without it the cluster would take them for its own and remove them.
  external_pool_tag = "plumbline-pool"
}

resource "linode_lke_cluster" "this" {
  label              = var.label
  region             = var.region
  k8s_version        = var.kubernetes_version
  tags               = var.tags
  external_pool_tags = [local.external_pool_tag]

  # The API's v4 does not know tiers; without the attribute it makes a standard cluster.
  tier = var.tier == "enterprise" ? var.tier : null

  control_plane {
    high_availability  = var.control_plane.high_availability
    audit_logs_enabled = var.control_plane.audit_logs

    acl {
      enabled = true

      addresses {
        ipv4 = var.control_plane.allowed_addresses.ipv4
        ipv6 = var.control_plane.allowed_addresses.ipv6
      }
    }
  }

  pool {
    type        = var.pool.type
    count       = var.pool.count
    labels      = { "plumbline.dev/purpose" = var.pool.purpose }
    firewall_id = var.firewall_id
  }

  timeouts {
    create = var.timeouts.create
    update = var.timeouts.update
    delete = var.timeouts.delete
  }
}

module "cluster" {
  source = "./modules/cluster"

  label              = var.name
  region             = data.linode_region.this.id
  tier               = var.tier
  kubernetes_version = var.kubernetes_version
  control_plane      = var.control_plane
  pool               = local.system_pool
  firewall_id        = one(module.pool_firewall[*].id)
  tags               = local.tags
  timeouts           = var.timeouts
}

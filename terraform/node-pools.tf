# The system pool is inside the cluster, since a cluster cannot be made without one. Every other pool is a resource of its own:
# pools inside a cluster are told apart by their position only, so that removing one would hand its purpose, and the pods bound
# to it, to the nodes of the next.
locals {
  system_pool = one([for pool in var.pools : pool if pool.purpose == "system"])
}

module "node_pool" {
  source   = "./modules/node-pool"
  for_each = { for pool in var.pools : pool.purpose => pool if pool.purpose != "system" }

  cluster_id         = module.cluster.id
  pool               = each.value
  pool_tag           = module.cluster.external_pool_tag
  kubernetes_version = local.enterprise ? var.kubernetes_version : null
  firewall_id        = one(module.pool_firewall[*].id)
}

# One firewall, put on the nodes in the way the tier has. Enterprise: pools name it, and every machine that they ever get has it
# from the start. Standard: pools cannot, so it names the machines; after a recycle the next apply puts it on the new ones.
module "pool_firewall" {
  source = "./modules/firewall"
  count  = local.enterprise ? 1 : 0

  label    = "${var.name}-nodes"
  networks = var.networks
  tags     = local.tags
}

module "machine_firewall" {
  source = "./modules/firewall"
  count  = local.enterprise ? 0 : 1

  label    = "${var.name}-nodes"
  networks = var.networks
  linodes  = concat(module.cluster.pool.instance_ids, flatten(values(module.node_pool)[*].instance_ids))
  tags     = local.tags
}

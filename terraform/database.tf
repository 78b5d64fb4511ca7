module "database" {
  source = "./modules/database"

  label    = "${var.name}-database"
  region   = data.linode_region.this.id
  database = var.database
  timeouts = var.timeouts
}

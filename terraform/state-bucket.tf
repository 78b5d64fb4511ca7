# Made by the pipeline before the first apply, because this state is kept in it; adopted here.
import {
  to = module.state_bucket.linode_object_storage_bucket.this
  id = "${var.region}:${var.state.bucket}"
}

module "state_bucket" {
  source = "./modules/bucket"

  label  = var.state.bucket
  region = data.linode_region.this.id
}

locals {
  state_key = "platform/terraform.tfstate" # also `key` of the backend in versions.tf
}

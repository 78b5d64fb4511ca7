# Made by the pipeline before the first apply: Object Lock exists in the S3 API only, and only at a bucket's creation. Adopted here.
import {
  to = module.audit_bucket.linode_object_storage_bucket.this
  id = "${var.region}:${var.audit.bucket}"
}

module "audit_bucket" {
  source = "./modules/bucket"

  label  = var.audit.bucket
  region = data.linode_region.this.id
}

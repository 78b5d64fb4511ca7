# For the verifier: it reads state versions and audit records, and writes neither.
module "verifier_key" {
  source = "./modules/object-storage-key"

  label       = "${var.name}-verifier"
  region      = data.linode_region.this.id
  permissions = "read_only"
  buckets     = [module.state_bucket.label, module.audit_bucket.label]
}

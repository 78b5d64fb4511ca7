# For the verifier: it reads state versions, audit records and encrypted secrets, and writes none of them.
module "verifier_key" {
  source = "./modules/object-storage-key"

  label       = "${var.name}-verifier"
  region      = data.linode_region.this.id
  permissions = "read_only"
  buckets     = [module.state_bucket.label, module.audit_bucket.label, module.secrets_bucket.label]
}

# For the forwarder that brings the audit stream from its bucket into the log store.
module "audit_reader_key" {
  source = "./modules/object-storage-key"

  label       = "${var.name}-audit-reader"
  region      = data.linode_region.this.id
  permissions = "read_only"
  buckets     = [module.audit_bucket.label]
}

# For proving that the lock holds: only a key that may write and delete can be refused by the lock alone.
module "audit_writer_key" {
  source = "./modules/object-storage-key"

  label       = "${var.name}-audit-writer"
  region      = data.linode_region.this.id
  permissions = "read_write"
  buckets     = [module.audit_bucket.label]
}

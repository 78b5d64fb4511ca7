# Holds ciphertext only: what is in it was encrypted before it left the operator's machine, and no value of it is ever known here.
module "secrets_bucket" {
  source = "./modules/bucket"

  label  = var.secrets.bucket
  region = data.linode_region.this.id
}

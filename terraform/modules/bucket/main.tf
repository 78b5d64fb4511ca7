resource "linode_object_storage_bucket" "this" {
  label        = var.label
  region       = var.region
  acl          = "private"
  cors_enabled = false
  versioning   = true

  # What is in it cannot be made again. To take an installation down for good, `terraform state rm` the bucket first.
  lifecycle {
    prevent_destroy = true
  }
}

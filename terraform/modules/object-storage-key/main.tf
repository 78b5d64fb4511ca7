resource "linode_object_storage_key" "this" {
  label = var.label

  dynamic "bucket_access" {
    for_each = var.buckets

    content {
      bucket_name = bucket_access.value
      region      = var.region
      permissions = var.permissions
    }
  }
}

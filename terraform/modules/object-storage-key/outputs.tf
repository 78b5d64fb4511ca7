output "key" {
  value = {
    access_key = linode_object_storage_key.this.access_key
    secret_key = linode_object_storage_key.this.secret_key
  }
  sensitive = true
}

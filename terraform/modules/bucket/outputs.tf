output "label" {
  value = linode_object_storage_bucket.this.label
}

output "region" {
  value = linode_object_storage_bucket.this.region
}

output "endpoint" {
  description = "URL of the S3 API that has the bucket."
  value       = "https://${linode_object_storage_bucket.this.s3_endpoint}"
}

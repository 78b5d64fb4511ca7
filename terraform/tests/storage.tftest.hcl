mock_provider "linode" {}

run "a_bucket_is_private_and_keeps_versions" {
  command = plan

  module {
    source = "./modules/bucket"
  }

  variables {
    label  = "plumbline-state"
    region = "us-east"
  }

  assert {
    condition     = linode_object_storage_bucket.this.versioning && linode_object_storage_bucket.this.acl == "private" && !linode_object_storage_bucket.this.cors_enabled
    error_message = "expected versioning on, acl private and CORS off"
  }
}

run "a_key_reaches_only_the_named_buckets" {
  command = plan

  module {
    source = "./modules/object-storage-key"
  }

  variables {
    label       = "plumbline-verifier"
    region      = "us-east"
    permissions = "read_only"
    buckets     = ["plumbline-state", "plumbline-audit"]
  }

  assert {
    condition = sort([for access in linode_object_storage_key.this.bucket_access : "${access.region}/${access.bucket_name} ${access.permissions}"]) == tolist([
      "us-east/plumbline-audit read_only", "us-east/plumbline-state read_only",
    ])
    error_message = "got ${jsonencode(linode_object_storage_key.this.bucket_access)}"
  }
}

run "a_key_for_everything_is_refused" {
  command = plan

  module {
    source = "./modules/object-storage-key"
  }

  variables {
    label       = "plumbline-verifier"
    region      = "us-east"
    permissions = "read_only"
    buckets     = []
  }

  expect_failures = [var.buckets]
}

# The root: what the intent must be like, and what is known of the outputs before anything is made. What is there after an
# apply is tested against the Linode API stand-in, in fixtures/terraform-provider/acceptance.

mock_provider "linode" {
  override_data {
    target = data.linode_region.this
    values = { id = "us-east", capabilities = ["Kubernetes", "Kubernetes Enterprise", "Cloud Firewall", "Object Storage", "Managed Databases"] }
  }

  # Mocks cannot be imported from, only overridden.
  override_resource {
    target = module.state_bucket.linode_object_storage_bucket.this
    values = { id = "us-east:plumbline-state", s3_endpoint = "127.0.0.1:9443" }
  }

  override_resource {
    target = module.audit_bucket.linode_object_storage_bucket.this
    values = { id = "us-east:plumbline-audit", s3_endpoint = "127.0.0.1:9443" }
  }
}

variables {
  name               = "plumbline"
  region             = "us-east"
  tier               = "enterprise"
  kubernetes_version = "v1.35.4+lke1"
  control_plane      = { high_availability = true, audit_logs = true, allowed_addresses = { ipv4 = ["127.0.0.1/32"], ipv6 = [] } }
  pools = [
    { purpose = "nonproduction", type = "g6-standard-4", count = 1 },
    { purpose = "system", type = "g6-standard-4", count = 1 },
    { purpose = "production", type = "g6-standard-4", count = 2 },
  ]
  environments = {
    development = { pool = "nonproduction" }
    staging     = { pool = "nonproduction" }
    production  = { pool = "production" }
    system      = { pool = "system" }
  }
  database = { type = "g6-nanode-1", engine = "postgresql/15", cluster_size = 1, allow_list = ["10.0.0.0/8"] }
  state    = { bucket = "plumbline-state", keep_versions = 30 }
  audit    = { bucket = "plumbline-audit", retention_days = 90 }
  secrets  = { bucket = "plumbline-secrets" }
}

# A mock cannot offer versions, so every plan that gets as far also shows that the check notices an unoffered one.
run "the_intent_is_what_comes_out" {
  command         = plan
  expect_failures = [check.kubernetes_version_is_offered]

  assert {
    condition = output.environments == {
      development = { namespace = "development", purpose = "nonproduction" }
      staging     = { namespace = "staging", purpose = "nonproduction" }
      production  = { namespace = "production", purpose = "production" }
      system      = { namespace = "system", purpose = "system" }
    }
    error_message = "got ${jsonencode(output.environments)}"
  }

  assert {
    condition     = { for purpose, pool in output.pools : purpose => pool.count } == { system = 1, nonproduction = 1, production = 2 }
    error_message = "got ${jsonencode({ for purpose, pool in output.pools : purpose => pool.count })}"
  }

  assert {
    condition     = output.state.key == "platform/terraform.tfstate" && output.state.keep_versions == 30 && output.audit.retention_days == 90
    error_message = "expected the state's key, 30 versions and 90 days"
  }

  assert {
    condition     = length(module.pool_firewall) == 1 && length(module.machine_firewall) == 0 && toset(keys(module.node_pool)) == toset(["nonproduction", "production"])
    error_message = "expected the pools' firewall, and two pools beside the system pool"
  }
}

run "on_standard_the_firewall_names_the_machines" {
  command         = plan
  expect_failures = [check.kubernetes_version_is_offered]

  variables {
    tier               = "standard"
    kubernetes_version = "1.35"
    control_plane      = { high_availability = false, audit_logs = false, allowed_addresses = { ipv4 = ["127.0.0.1/32"] } }
  }

  assert {
    condition     = length(module.pool_firewall) == 0 && length(module.machine_firewall) == 1
    error_message = "expected the machines' firewall"
  }
}

run "a_region_that_lacks_a_service_is_refused" {
  command         = plan
  expect_failures = [data.linode_region.this, check.kubernetes_version_is_offered]

  override_data {
    target = data.linode_region.this
    values = { id = "us-east", capabilities = ["Kubernetes", "Cloud Firewall", "Object Storage", "Managed Databases"] }
  }
}

run "tier_must_be_known" {
  command         = plan
  expect_failures = [var.tier]
  variables { tier = "premium" }
}

run "version_must_fit_the_tier" {
  command         = plan
  expect_failures = [var.kubernetes_version]
  variables { kubernetes_version = "1.35" }
}

run "name_must_leave_room_for_suffixes" {
  command         = plan
  expect_failures = [var.name, check.kubernetes_version_is_offered]
  variables { name = "plumbline-of-the-northern-region" }
}

run "region_must_be_an_id" {
  command         = plan
  expect_failures = [var.region, check.kubernetes_version_is_offered]
  variables { region = "Newark, NJ" }
}

run "audit_logs_need_enterprise" {
  command         = plan
  expect_failures = [var.control_plane, check.kubernetes_version_is_offered]
  variables {
    tier               = "standard"
    kubernetes_version = "1.35"
  }
}

run "somebody_must_reach_the_control_plane" {
  command         = plan
  expect_failures = [var.control_plane, check.kubernetes_version_is_offered]
  variables {
    control_plane = { high_availability = true, audit_logs = true, allowed_addresses = { ipv4 = [] } }
  }
}

run "addresses_must_be_cidr" {
  command         = plan
  expect_failures = [var.control_plane, check.kubernetes_version_is_offered]
  variables {
    control_plane = { high_availability = true, audit_logs = true, allowed_addresses = { ipv4 = ["127.0.0.1"] } }
  }
}

run "a_system_pool_is_needed" {
  command         = plan
  expect_failures = [var.pools, check.kubernetes_version_is_offered]
  variables {
    pools = [{ purpose = "production", type = "g6-standard-4", count = 1 }]
  }
}

run "a_purpose_has_one_pool" {
  command         = plan
  expect_failures = [var.pools, check.kubernetes_version_is_offered]
  variables {
    pools = [
      { purpose = "system", type = "g6-standard-4", count = 1 },
      { purpose = "system", type = "g6-standard-2", count = 1 },
      { purpose = "nonproduction", type = "g6-standard-4", count = 1 },
      { purpose = "production", type = "g6-standard-4", count = 1 },
    ]
  }
}

run "an_environment_runs_on_a_pool_that_exists" {
  command         = plan
  expect_failures = [var.environments, check.kubernetes_version_is_offered]
  variables {
    environments = { development = { pool = "elsewhere" } }
  }
}

run "a_database_admits_somebody" {
  command         = plan
  expect_failures = [var.database, check.kubernetes_version_is_offered]
  variables {
    database = { type = "g6-nanode-1", engine = "postgresql/15", cluster_size = 1, allow_list = [] }
  }
}

run "the_two_buckets_differ" {
  command         = plan
  expect_failures = [var.audit, check.kubernetes_version_is_offered]
  variables {
    audit = { bucket = "plumbline-state", retention_days = 90 }
  }
}

run "versions_are_counted_in_whole_numbers" {
  command         = plan
  expect_failures = [var.state, check.kubernetes_version_is_offered]
  variables {
    state = { bucket = "plumbline-state", keep_versions = 0 }
  }
}

run "a_token_is_never_for_everything" {
  command         = plan
  expect_failures = [var.access_tokens, check.kubernetes_version_is_offered]
  variables {
    access_tokens = { verifier = { scopes = ["*"] } }
  }
}

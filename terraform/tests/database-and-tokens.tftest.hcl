mock_provider "linode" {
  mock_resource "linode_database_postgresql_v2" {
    defaults = { ssl_connection = true }
  }
}

run "a_database_admits_only_its_list" {
  command = plan

  module {
    source = "./modules/database"
  }

  variables {
    label    = "plumbline-database"
    region   = "us-east"
    database = { type = "g6-nanode-1", engine = "postgresql/15", cluster_size = 1, allow_list = ["10.0.0.0/8"] }
  }

  assert {
    condition     = linode_database_postgresql_v2.this.allow_list == toset(["10.0.0.0/8"]) && linode_database_postgresql_v2.this.engine_id == "postgresql/15" && linode_database_postgresql_v2.this.cluster_size == 1
    error_message = "expected one machine of postgresql/15 for 10.0.0.0/8"
  }
}

run "a_database_without_tls_is_refused" {
  command = apply

  module {
    source = "./modules/database"
  }

  variables {
    label    = "plumbline-database"
    region   = "us-east"
    database = { type = "g6-nanode-1", engine = "postgresql/15", cluster_size = 1, allow_list = ["10.0.0.0/8"] }
  }

  override_resource {
    target = linode_database_postgresql_v2.this
    values = { id = "401", ssl_connection = false }
  }

  expect_failures = [linode_database_postgresql_v2.this]
}

run "a_token_has_its_scopes_in_order" {
  command = plan

  module {
    source = "./modules/access-token"
  }

  variables {
    label  = "plumbline-verifier"
    scopes = ["linodes:read_only", "events:read_only"]
  }

  assert {
    condition     = linode_token.this.scopes == "events:read_only linodes:read_only"
    error_message = "got ${linode_token.this.scopes}"
  }
}

run "a_token_for_the_whole_account_is_refused" {
  command = plan

  module {
    source = "./modules/access-token"
  }

  variables {
    label  = "plumbline-verifier"
    scopes = ["*"]
  }

  expect_failures = [var.scopes]
}

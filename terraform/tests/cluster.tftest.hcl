mock_provider "linode" {}

variables {
  label              = "plumbline"
  region             = "us-east"
  tier               = "enterprise"
  kubernetes_version = "v1.35.4+lke1"
  control_plane      = { high_availability = true, audit_logs = true, allowed_addresses = { ipv4 = ["203.0.113.7/32"], ipv6 = ["2001:db8::7/128"] } }
  pool               = { purpose = "system", type = "g6-standard-4", count = 3 }
  firewall_id        = 201
}

run "an_enterprise_cluster_admits_only_the_listed_addresses" {
  command = plan

  module {
    source = "./modules/cluster"
  }

  assert {
    condition     = linode_lke_cluster.this.tier == "enterprise" && linode_lke_cluster.this.k8s_version == "v1.35.4+lke1"
    error_message = "expected tier enterprise and version v1.35.4+lke1, got ${linode_lke_cluster.this.tier} and ${linode_lke_cluster.this.k8s_version}"
  }

  assert {
    condition     = linode_lke_cluster.this.control_plane[0].high_availability && linode_lke_cluster.this.control_plane[0].audit_logs_enabled
    error_message = "expected high availability and audit logs"
  }

  assert {
    condition     = linode_lke_cluster.this.control_plane[0].acl[0].enabled
    error_message = "expected the access list to be on"
  }

  assert {
    condition     = linode_lke_cluster.this.control_plane[0].acl[0].addresses[0].ipv4 == toset(["203.0.113.7/32"]) && linode_lke_cluster.this.control_plane[0].acl[0].addresses[0].ipv6 == toset(["2001:db8::7/128"])
    error_message = "expected exactly the two addresses, got ${jsonencode(linode_lke_cluster.this.control_plane[0].acl[0].addresses)}"
  }

  assert {
    condition     = length(linode_lke_cluster.this.pool) == 1 && linode_lke_cluster.this.pool[0].count == 3 && linode_lke_cluster.this.pool[0].firewall_id == 201
    error_message = "expected one pool of 3 nodes behind firewall 201"
  }

  assert {
    condition     = linode_lke_cluster.this.pool[0].labels == tomap({ "plumbline.dev/purpose" = "system" })
    error_message = "expected the purpose as the only label, got ${jsonencode(linode_lke_cluster.this.pool[0].labels)}"
  }

  assert {
    condition     = linode_lke_cluster.this.external_pool_tags == toset([output.external_pool_tag]) && linode_lke_cluster.this.pool[0].tags == null
    error_message = "expected pools with the tag ${output.external_pool_tag} to be left alone, and its own pool not to have it"
  }
}

run "a_standard_cluster_does_not_name_its_tier" {
  command = plan

  module {
    source = "./modules/cluster"
  }

  variables {
    tier               = "standard"
    kubernetes_version = "1.35"
    control_plane      = { high_availability = false, audit_logs = false, allowed_addresses = { ipv4 = ["203.0.113.7/32"] } }
    firewall_id        = null
  }

  # A value from here shows that the configuration has none; the provider would refuse one on api_version v4.
  override_resource {
    target          = linode_lke_cluster.this
    override_during = plan
    values          = { id = "101", tier = "left to Linode" }
  }

  assert {
    condition     = linode_lke_cluster.this.tier == "left to Linode"
    error_message = "expected no tier, got ${linode_lke_cluster.this.tier}"
  }

  assert {
    condition     = length(linode_lke_cluster.this.control_plane[0].acl[0].addresses[0].ipv6) == 0
    error_message = "expected no IPv6 address"
  }
}

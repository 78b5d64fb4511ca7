mock_provider "linode" {}

run "a_pool_carries_its_purpose_and_the_tag" {
  command = plan

  module {
    source = "./modules/node-pool"
  }

  variables {
    cluster_id         = 101
    pool               = { purpose = "production", type = "g6-standard-4", count = 2 }
    pool_tag           = "plumbline-pool"
    kubernetes_version = "v1.35.4+lke1"
    firewall_id        = 201
  }

  assert {
    condition = (linode_lke_node_pool.this.cluster_id == 101 && linode_lke_node_pool.this.node_count == 2 &&
    linode_lke_node_pool.this.k8s_version == "v1.35.4+lke1" && linode_lke_node_pool.this.firewall_id == 201)
    error_message = "expected 2 nodes of v1.35.4+lke1 behind firewall 201 in cluster 101"
  }

  assert {
    condition     = linode_lke_node_pool.this.labels == tomap({ "plumbline.dev/purpose" = "production" }) && linode_lke_node_pool.this.tags == toset(["plumbline-pool"])
    error_message = "expected one label and one tag, got ${jsonencode(linode_lke_node_pool.this.labels)} and ${jsonencode(linode_lke_node_pool.this.tags)}"
  }
}

resource "linode_lke_node_pool" "this" {
  cluster_id  = var.cluster_id
  type        = var.pool.type
  node_count  = var.pool.count
  tags        = [var.pool_tag]
  labels      = { "plumbline.dev/purpose" = var.pool.purpose }
  k8s_version = var.kubernetes_version
  firewall_id = var.firewall_id
}

output "id" {
  value = tonumber(linode_lke_cluster.this.id)
}

output "label" {
  value = linode_lke_cluster.this.label
}

output "region" {
  value = linode_lke_cluster.this.region
}

output "kubernetes_version" {
  value = linode_lke_cluster.this.k8s_version
}

output "api_endpoints" {
  value = linode_lke_cluster.this.api_endpoints
}

output "status" {
  value = linode_lke_cluster.this.status
}

output "kubeconfig" {
  value     = linode_lke_cluster.this.kubeconfig
  sensitive = true
}

output "pool" {
  description = "The pool that the cluster was made with."
  value = {
    id           = linode_lke_cluster.this.pool[0].id
    type         = linode_lke_cluster.this.pool[0].type
    count        = linode_lke_cluster.this.pool[0].count
    instance_ids = linode_lke_cluster.this.pool[0].nodes[*].instance_id
  }
}

output "external_pool_tag" {
  description = "Tag that pools outside of this module must carry."
  value       = local.external_pool_tag
}

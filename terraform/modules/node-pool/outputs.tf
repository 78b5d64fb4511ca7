output "id" {
  value = tonumber(linode_lke_node_pool.this.id)
}

output "type" {
  value = linode_lke_node_pool.this.type
}

output "count" {
  value = linode_lke_node_pool.this.node_count
}

output "instance_ids" {
  description = "The Linodes behind the nodes."
  value       = linode_lke_node_pool.this.nodes[*].instance_id
}

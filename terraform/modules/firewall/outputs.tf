output "id" {
  value = tonumber(linode_firewall.this.id)
}

output "label" {
  value = linode_firewall.this.label
}

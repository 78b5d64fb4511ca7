output "id" {
  value = tonumber(linode_database_postgresql_v2.this.id)
}

output "host" {
  value = linode_database_postgresql_v2.this.host_primary
}

output "port" {
  value = linode_database_postgresql_v2.this.port
}

output "engine" {
  description = "Such as postgresql/15."
  value       = linode_database_postgresql_v2.this.engine_id
}

output "ca_certificate" {
  description = "The authority that signed the server's certificate; base64 of PEM."
  # The provider calls it sensitive. It is public: every client needs it to know the server.
  value = nonsensitive(base64encode(linode_database_postgresql_v2.this.ca_cert))
}

output "admin" {
  value = {
    username = linode_database_postgresql_v2.this.root_username
    password = linode_database_postgresql_v2.this.root_password
  }
  sensitive = true
}

output "token" {
  value = {
    token  = linode_token.this.token
    scopes = sort(var.scopes)
  }
  sensitive = true
}

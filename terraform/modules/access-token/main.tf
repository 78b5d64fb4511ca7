resource "linode_token" "this" {
  label  = var.label
  scopes = join(" ", sort(var.scopes))
  expiry = var.expiry
}

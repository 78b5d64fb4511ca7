module "access_token" {
  source   = "./modules/access-token"
  for_each = var.access_tokens

  label  = "${var.name}-${each.key}"
  scopes = each.value.scopes
  expiry = each.value.expiry
}

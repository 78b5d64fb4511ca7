# Token, URL, Object Storage keys and polling intervals come from the environment (LINODE_TOKEN, LINODE_URL,
# LINODE_OBJ_ACCESS_KEY, LINODE_OBJ_SECRET_KEY, LINODE_EVENT_POLL_MS …), so that none of them is in a file.
provider "linode" {
  # The Enterprise tier exists in v4beta only.
  api_version = local.enterprise ? "v4beta" : "v4"
}

locals {
  enterprise = var.tier == "enterprise"
  tags       = ["plumbline", "platform:${var.name}"]
}

data "linode_region" "this" {
  id = var.region

  lifecycle {
    postcondition {
      condition     = length(setsubtract(local.needed_capabilities, self.capabilities)) == 0
      error_message = "The region ${var.region} does not offer: ${join(", ", setsubtract(local.needed_capabilities, self.capabilities))}. Choose another `region` in platform.yaml."
    }
  }
}

data "linode_lke_versions" "offered" {
  tier = local.enterprise ? var.tier : null
}

locals {
  needed_capabilities = toset(concat(
    ["Kubernetes", "Cloud Firewall", "Object Storage", "Managed Databases"],
    local.enterprise ? ["Kubernetes Enterprise"] : [],
  ))
}

# A warning only: Linode takes old versions off the list while clusters still run them, and that must not block other changes.
check "kubernetes_version_is_offered" {
  assert {
    condition     = contains(data.linode_lke_versions.offered.versions[*].id, var.kubernetes_version)
    error_message = "Linode does not offer Kubernetes ${var.kubernetes_version} to new ${var.tier} clusters; it offers ${join(", ", data.linode_lke_versions.offered.versions[*].id)}. Plan an upgrade by changing `kubernetesVersion` in platform.yaml."
  }
}

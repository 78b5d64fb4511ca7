variable "label" {
  description = "The cluster's label; also the beginning of its nodes' names."
  type        = string
}

variable "region" {
  description = "Linode region id."
  type        = string
}

variable "tier" {
  description = "standard or enterprise; enterprise needs api_version v4beta in the provider block."
  type        = string
}

variable "kubernetes_version" {
  description = "LKE version id of the tier."
  type        = string
}

variable "control_plane" {
  description = "Replicas, audit log (enterprise only) and who may reach the API server."
  type = object({
    high_availability = bool
    audit_logs        = bool
    allowed_addresses = object({
      ipv4 = list(string)
      ipv6 = optional(list(string), [])
    })
  })
}

variable "pool" {
  description = "The pool that the cluster is made with."
  type = object({
    purpose = string
    type    = string
    count   = number
  })
}

variable "firewall_id" {
  description = "Cloud Firewall of the pool's nodes; enterprise only."
  type        = number
  default     = null
}

variable "tags" {
  description = "Tags of the cluster."
  type        = set(string)
  default     = []
}

variable "timeouts" {
  description = "How long Linode may take."
  type = object({
    create = optional(string, "35m")
    update = optional(string, "40m")
    delete = optional(string, "20m")
  })
  default = {}
}

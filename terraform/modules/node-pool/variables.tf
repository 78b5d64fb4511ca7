variable "cluster_id" {
  description = "Id of the LKE cluster."
  type        = number
}

variable "pool" {
  description = "What the pool is for, its machine type and how many."
  type = object({
    purpose = string
    type    = string
    count   = number
  })
}

variable "pool_tag" {
  description = "The cluster's tag for pools that are resources of their own."
  type        = string
}

variable "kubernetes_version" {
  description = "Version of the pool's nodes; enterprise only, on standard the cluster decides."
  type        = string
  default     = null
}

variable "firewall_id" {
  description = "Cloud Firewall of the pool's nodes; enterprise only."
  type        = number
  default     = null
}

variable "label" {
  description = "The key's label."
  type        = string
}

variable "region" {
  description = "Linode region id of the buckets."
  type        = string
}

variable "buckets" {
  description = "Names of the buckets that the key reaches; all others refuse it."
  type        = set(string)

  validation {
    condition     = length(var.buckets) > 0
    error_message = "A key without buckets would reach every bucket of the account. Name at least one."
  }
}

variable "permissions" {
  description = "read_only or read_write."
  type        = string

  validation {
    condition     = contains(["read_only", "read_write"], var.permissions)
    error_message = "The permissions must be read_only or read_write."
  }
}

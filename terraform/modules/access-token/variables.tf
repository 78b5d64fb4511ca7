variable "label" {
  description = "The token's label."
  type        = string
}

variable "scopes" {
  description = "What the token may do, such as events:read_only."
  type        = set(string)

  validation {
    condition     = length(var.scopes) > 0 && !contains(var.scopes, "*")
    error_message = "A token must have at least one scope, and not *: that is the whole account."
  }
}

variable "expiry" {
  description = "When it ends, RFC 3339; null is never."
  type        = string
  default     = null
}

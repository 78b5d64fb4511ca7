variable "label" {
  description = "The database's label, 3 to 32 characters."
  type        = string
}

variable "region" {
  description = "Linode region id."
  type        = string
}

variable "database" {
  description = "Machine type, engine, number of machines, and the addresses that may connect."
  type = object({
    type         = string
    engine       = string
    cluster_size = number
    allow_list   = list(string)
  })
}

variable "timeouts" {
  description = "How long Linode may take."
  type = object({
    create = optional(string, "60m")
    update = optional(string, "60m")
    delete = optional(string, "5m")
  })
  default = {}
}

variable "label" {
  description = "The firewall's label, 3 to 32 characters."
  type        = string
}

variable "networks" {
  description = "Private networks that LKE's nodes and NodeBalancers are in."
  type = object({
    nodes         = optional(list(string), ["192.168.128.0/17"])
    nodebalancers = optional(list(string), ["192.168.255.0/24"])
  })
  default = {}
}

variable "linodes" {
  description = "Ids of the machines to protect; null where node pools name the firewall themselves."
  type        = set(number)
  default     = null
}

variable "tags" {
  description = "Tags of the firewall."
  type        = set(string)
  default     = []
}

variable "label" {
  description = "The bucket's name; unique in its region."
  type        = string
}

variable "region" {
  description = "Linode region id."
  type        = string
}

# One variable per section of platform.yaml, named in snake_case. What only Helm needs (quotas, limits, Pod Security) may be
# there too: Terraform drops attributes that a type does not name.

variable "name" {
  description = "Name of this installation; the beginning of every label."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.name)) && length(var.name) >= 3 && length(var.name) <= 22
    error_message = "The name must have 3 to 22 lower-case letters, digits and single dashes, and begin with a letter: Linode allows 32 characters for a label, and 10 of them are the suffix. Change `name` in platform.yaml."
  }
}

variable "region" {
  description = "Linode region of everything, such as us-east."
  type        = string

  validation {
    condition     = can(regex("^[a-z]{2}-[a-z0-9-]+$", var.region))
    error_message = "The region must be a Linode region id such as us-east or de-fra-2. Change `region` in platform.yaml."
  }
}

variable "tier" {
  description = "LKE tier. Only enterprise has the API server's audit log, which FR-010 and US-003.4 need."
  type        = string

  validation {
    condition     = contains(["standard", "enterprise"], var.tier)
    error_message = "The tier must be standard or enterprise. Change `tier` in platform.yaml."
  }
}

variable "kubernetes_version" {
  description = "LKE version id: MAJOR.MINOR on standard, vMAJOR.MINOR.PATCH+lkeN on enterprise."
  type        = string

  validation {
    condition     = can(regex(var.tier == "enterprise" ? "^v\\d+\\.\\d+\\.\\d+\\+lke\\d+$" : "^\\d+\\.\\d+$", var.kubernetes_version))
    error_message = "The Kubernetes version does not have the form of its tier: 1.35 on standard, v1.35.4+lke1 on enterprise. Change `kubernetesVersion` in platform.yaml; `linode-cli lke versions-list` names what is offered."
  }
}

variable "control_plane" {
  description = "The Kubernetes API server: replicas, audit log, and who may reach it."
  type = object({
    high_availability = bool
    audit_logs        = bool
    allowed_addresses = object({
      ipv4 = list(string)
      ipv6 = optional(list(string), [])
    })
  })

  validation {
    condition     = alltrue([for address in var.control_plane.allowed_addresses.ipv4 : can(regex("^[0-9.]+/[0-9]+$", address)) && can(cidrhost(address, 0))])
    error_message = "Every IPv4 address that may reach the control plane must be in CIDR notation, such as 203.0.113.7/32. Change `controlPlane.allowedAddresses.ipv4` in platform.yaml."
  }

  validation {
    condition     = alltrue([for address in var.control_plane.allowed_addresses.ipv6 : can(regex(":", address)) && can(cidrhost(address, 0))])
    error_message = "Every IPv6 address that may reach the control plane must be in CIDR notation, such as 2001:db8::7/128. Change `controlPlane.allowedAddresses.ipv6` in platform.yaml."
  }

  validation {
    condition     = length(var.control_plane.allowed_addresses.ipv4) + length(var.control_plane.allowed_addresses.ipv6) > 0
    error_message = "At least one address must be allowed to reach the control plane, or nobody can use the cluster. Add yours to `controlPlane.allowedAddresses` in platform.yaml."
  }

  validation {
    condition     = !var.control_plane.audit_logs || var.tier == "enterprise"
    error_message = "Audit logs of the control plane exist on the enterprise tier only. Set `controlPlane.auditLogs: false` or `tier: enterprise` in platform.yaml."
  }
}

variable "pools" {
  description = "Node pools, one per purpose. Nodes carry the label plumbline.dev/purpose."
  type = list(object({
    purpose = string
    type    = string
    count   = number
  }))

  validation {
    condition     = length(distinct(var.pools[*].purpose)) == length(var.pools)
    error_message = "Each purpose may have one pool only. Join the pools with the same `purpose` in platform.yaml."
  }

  validation {
    condition     = contains(var.pools[*].purpose, "system")
    error_message = "There must be a pool with purpose system: the cluster is made with it, and the platform's own workloads run there. Add it to `pools` in platform.yaml."
  }

  validation {
    condition     = alltrue([for pool in var.pools : can(regex("^[a-z]([-a-z0-9]{0,30}[a-z0-9])?$", pool.purpose))])
    error_message = "A purpose must have 1 to 32 lower-case letters, digits and dashes, begin with a letter and not end with a dash. Change `pools` in platform.yaml."
  }

  validation {
    condition     = alltrue([for pool in var.pools : pool.count >= 1 && pool.count <= 100 && floor(pool.count) == pool.count])
    error_message = "A pool must have 1 to 100 nodes, in whole numbers. Change `count` in `pools` in platform.yaml."
  }
}

variable "environments" {
  description = "Environments by name; each is the namespace of the same name and runs on one pool."
  type        = map(object({ pool = string }))

  validation {
    condition     = alltrue([for name, environment in var.environments : contains(var.pools[*].purpose, environment.pool)])
    error_message = "Every environment must name the purpose of a pool that exists. Correct `pool` of the environments, or add the pool, in platform.yaml."
  }

  validation {
    condition     = length(var.environments) > 0 && alltrue([for name in keys(var.environments) : can(regex("^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$", name))])
    error_message = "There must be at least one environment, and each name must be a namespace name: lower-case letters, digits and dashes. Change `environments` in platform.yaml."
  }
}

variable "database" {
  description = "Managed PostgreSQL that all environments share, each with a role and database of its own."
  type = object({
    type         = string
    engine       = string
    cluster_size = number
    allow_list   = list(string)
  })

  validation {
    condition     = can(regex("^postgresql/\\d+$", var.database.engine))
    error_message = "The database engine must be postgresql/ and a major version, such as postgresql/15. Change `database.engine` in platform.yaml."
  }

  validation {
    condition     = contains([1, 2, 3], var.database.cluster_size)
    error_message = "A database has 1, 2 or 3 machines. Change `database.clusterSize` in platform.yaml."
  }

  validation {
    condition     = length(var.database.allow_list) > 0 && alltrue([for address in var.database.allow_list : can(cidrhost(address, 0))])
    error_message = "The database's allow list must have at least one address, each in CIDR notation such as 10.0.0.0/8: an empty list refuses everybody. Change `database.allowList` in platform.yaml."
  }
}

# How many versions and days are enough is judged by the policies and the suites, from the live buckets: here a number only
# has to be one.
variable "state" {
  description = "Bucket of this root's own state, and how many old versions of it are kept."
  type = object({
    bucket        = string
    keep_versions = number
  })

  validation {
    condition     = can(regex("^[a-z0-9]([-a-z0-9]{1,61})[a-z0-9]$", var.state.bucket))
    error_message = "The state bucket's name must have 3 to 63 lower-case letters, digits and dashes. Change `state.bucket` in platform.yaml."
  }

  validation {
    condition     = var.state.keep_versions >= 1 && floor(var.state.keep_versions) == var.state.keep_versions
    error_message = "The number of kept state versions must be a whole number of at least 1. Change `state.keepVersions` in platform.yaml."
  }
}

variable "audit" {
  description = "Bucket of the audit records, and for how many days nobody can delete them."
  type = object({
    bucket         = string
    retention_days = number
  })

  validation {
    condition     = can(regex("^[a-z0-9]([-a-z0-9]{1,61})[a-z0-9]$", var.audit.bucket)) && var.audit.bucket != var.state.bucket
    error_message = "The audit bucket's name must have 3 to 63 lower-case letters, digits and dashes, and differ from the state bucket's. Change `audit.bucket` in platform.yaml."
  }

  validation {
    condition     = var.audit.retention_days >= 1 && floor(var.audit.retention_days) == var.audit.retention_days
    error_message = "The retention must be a whole number of at least 1 day. Change `audit.retentionDays` in platform.yaml."
  }
}

variable "secrets" {
  description = "Bucket of the platform's secrets; every object in it is encrypted before it gets there."
  type = object({
    bucket = string
  })

  validation {
    condition     = can(regex("^[a-z0-9]([-a-z0-9]{1,61})[a-z0-9]$", var.secrets.bucket)) && !contains([var.state.bucket, var.audit.bucket], var.secrets.bucket)
    error_message = "The secrets bucket's name must have 3 to 63 lower-case letters, digits and dashes, and differ from those of the state and the audit. Change `secrets.bucket` in platform.yaml."
  }
}

variable "networks" {
  description = "Private networks of LKE that the nodes' firewall admits. The defaults are those Linode publishes for the standard tier; compare them with the account's before the first apply on enterprise."
  type = object({
    nodes         = optional(list(string), ["192.168.128.0/17"])
    nodebalancers = optional(list(string), ["192.168.255.0/24"])
  })
  default = {}

  validation {
    condition     = alltrue([for network in concat(var.networks.nodes, var.networks.nodebalancers) : can(cidrhost(network, 0))])
    error_message = "Every network must be in CIDR notation, such as 192.168.128.0/17. Change the variable `networks`."
  }
}

variable "access_tokens" {
  description = "API tokens that the platform hands out, by the name of their holder. Scopes are Linode's; expiry is RFC 3339, null is never."
  type = map(object({
    scopes = set(string)
    expiry = optional(string)
  }))
  # lke and databases are missing on purpose: with them the holder could fetch the kubeconfig and the database's password.
  default = {
    verifier = { scopes = ["account:read_only", "events:read_only", "firewall:read_only", "linodes:read_only"] }
  }

  validation {
    condition     = alltrue(flatten([for token in var.access_tokens : [for scope in token.scopes : can(regex("^[a-z_]+:(read_only|read_write)$", scope))]]))
    error_message = "Every scope must be a Linode scope such as events:read_only; * is too much for any holder. Change the variable `access_tokens`."
  }
}

variable "timeouts" {
  description = "How long Linode may take to make, change and remove the cluster and the database."
  type = object({
    create = optional(string, "35m")
    update = optional(string, "40m")
    delete = optional(string, "20m")
  })
  default = {}

  validation {
    condition     = alltrue([for limit in values(var.timeouts) : can(regex("^(\\d+[hms])+$", limit))])
    error_message = "A time-out must be a Go duration such as 90s, 35m or 1h30m. Change the variable `timeouts`."
  }
}

mock_provider "linode" {}

variables {
  label = "plumbline-nodes"
}

run "everything_that_lke_does_not_need_is_dropped" {
  command = plan

  module {
    source = "./modules/firewall"
  }

  assert {
    condition     = linode_firewall.this.inbound_policy == "DROP" && linode_firewall.this.outbound_policy == "ACCEPT"
    error_message = "expected DROP in and ACCEPT out, got ${linode_firewall.this.inbound_policy} and ${linode_firewall.this.outbound_policy}"
  }

  assert {
    condition = [for rule in linode_firewall.this.inbound : join(" ", compact([rule.action, rule.protocol, rule.ports, join(",", rule.ipv4)]))] == [
      "ACCEPT TCP 10250, 10256 192.168.128.0/17",
      "ACCEPT UDP 51820 192.168.128.0/17",
      "ACCEPT TCP 53 192.168.128.0/17",
      "ACCEPT UDP 53 192.168.128.0/17",
      "ACCEPT TCP 179 192.168.128.0/17",
      "ACCEPT IPENCAP 192.168.128.0/17",
      "ACCEPT ICMP 192.168.128.0/17",
      "ACCEPT TCP 30000-32767 192.168.255.0/24",
      "ACCEPT UDP 30000-32767 192.168.255.0/24",
    ]
    error_message = "got ${jsonencode([for rule in linode_firewall.this.inbound : join(" ", compact([rule.action, rule.protocol, rule.ports, join(",", rule.ipv4)]))])}"
  }

  assert {
    condition     = length(linode_firewall.this.outbound) == 0 && alltrue([for rule in linode_firewall.this.inbound : rule.ipv6 == null])
    error_message = "expected no outbound rule and no IPv6 source"
  }
}

run "machines_are_attached_where_pools_cannot_name_the_firewall" {
  command = plan

  module {
    source = "./modules/firewall"
  }

  variables {
    linodes  = [9001, 9002]
    networks = { nodes = ["172.20.0.0/16"] }
  }

  assert {
    condition     = linode_firewall.this.linodes == toset([9001, 9002])
    error_message = "expected Linodes 9001 and 9002"
  }

  assert {
    condition     = linode_firewall.this.inbound[0].ipv4 == tolist(["172.20.0.0/16"]) && linode_firewall.this.inbound[7].ipv4 == tolist(["192.168.255.0/24"])
    error_message = "expected the given node network and the published NodeBalancer network"
  }
}

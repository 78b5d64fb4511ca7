# What LKE needs to get in, as Linode publishes it; everything else is dropped. The two without ports keep pods of different
# nodes together: Calico carries them in IP-in-IP, and finds the size that fits through ICMP.
# https://techdocs.akamai.com/cloud-computing/docs/lke-network-firewall-details
locals {
  inbound = [
    { label = "kubelet", protocol = "TCP", ports = "10250, 10256", from = var.networks.nodes },
    { label = "wireguard", protocol = "UDP", ports = "51820", from = var.networks.nodes },
    { label = "dns-tcp", protocol = "TCP", ports = "53", from = var.networks.nodes },
    { label = "dns-udp", protocol = "UDP", ports = "53", from = var.networks.nodes },
    { label = "calico-bgp", protocol = "TCP", ports = "179", from = var.networks.nodes },
    { label = "calico-ipip", protocol = "IPENCAP", ports = null, from = var.networks.nodes },
    { label = "icmp", protocol = "ICMP", ports = null, from = var.networks.nodes },
    { label = "nodeports-tcp", protocol = "TCP", ports = "30000-32767", from = var.networks.nodebalancers },
    { label = "nodeports-udp", protocol = "UDP", ports = "30000-32767", from = var.networks.nodebalancers },
  ]
}

resource "linode_firewall" "this" {
  label           = var.label
  tags            = var.tags
  linodes         = var.linodes
  disabled        = false
  inbound_policy  = "DROP"
  outbound_policy = "ACCEPT"

  dynamic "inbound" {
    for_each = local.inbound

    content {
      label    = inbound.value.label
      action   = "ACCEPT"
      protocol = inbound.value.protocol
      ports    = inbound.value.ports
      ipv4     = inbound.value.from
    }
  }
}

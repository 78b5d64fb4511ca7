/** A certificate authority that signed nothing: its key was thrown away. Whoever trusts it alone must trust no server of the platform. */
export const anotherAuthority = `-----BEGIN CERTIFICATE-----
MIIBkjCCATegAwIBAgIUR00HiAz16eRDRz54iCp9S0Qbvx4wCgYIKoZIzj0EAwIw
HTEbMBkGA1UEAwwSbm9ib2R5J3MgYXV0aG9yaXR5MCAXDTI2MTEyMzIyNDIwM1oY
DzIxMjYxMDMwMjI0MjAzWjAdMRswGQYDVQQDDBJub2JvZHkncyBhdXRob3JpdHkw
WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQ3Wl/bVxLObfSvqsQJjjHQHKJ6J9Tp
RQS9/xYhAly/cI3Sb26sBoOzWqEi+vXmuyxPF+y8a6EOPjUJ6x2bnEYJo1MwUTAd
BgNVHQ4EFgQUdN+tlLYP8IUFFVfL0c6d41vBagswHwYDVR0jBBgwFoAUdN+tlLYP
8IUFFVfL0c6d41vBagswDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBG
AiEAu6JpfBHs8V+W6tzjLs9PXSFkCdRNXan42NJlfI6F1tcCIQDbkhpp5ZniFJhz
H3yjaiv+U6gQruTwQJU6eXktPH+6Tw==
-----END CERTIFICATE-----
`

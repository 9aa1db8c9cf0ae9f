"""What goes wrong meanwhile: requests, the gateway, servers, the host. Each kind is counted by its name."""

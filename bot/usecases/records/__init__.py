"""What use cases give: plain data, used as it is up to the embed."""

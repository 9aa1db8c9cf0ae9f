"""REST v10: the routes a bot uses, one module per resource."""

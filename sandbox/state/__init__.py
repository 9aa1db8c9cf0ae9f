"""What exists in the sandbox: models, their changes, and their JSON."""

"""What goes to Discord over HTTP, and what Discord's headers say of its limits."""

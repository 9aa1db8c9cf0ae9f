"""Buttons that outlive a restart."""

"""Commands, components and modals: how people use them, and what the app answers."""

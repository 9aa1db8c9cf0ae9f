"""Empreinte: what answering a message with an LLM would consume."""

__version__ = "0.1.0"

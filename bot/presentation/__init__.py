"""From plain data to words, numbers and embeds in the reader's language. Asks nobody for data."""

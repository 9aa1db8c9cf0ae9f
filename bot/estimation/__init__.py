"""From a text to its footprint: pure functions, no Discord, no database, no clock, no network."""

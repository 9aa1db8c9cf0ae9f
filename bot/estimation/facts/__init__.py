"""Facts from `config/`, dated and sourced."""

"""One module for each subcommand, each with `execute(options, context) -> exit status`."""

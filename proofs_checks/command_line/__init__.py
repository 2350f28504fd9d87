"""The command line: `w2s` and its subcommands."""

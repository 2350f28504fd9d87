"""The subcommands of `w2s`, one file each; the command line loads only the one that is called."""

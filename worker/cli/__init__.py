"""The commands, one file a group, without logic of their own."""

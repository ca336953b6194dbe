"""Processes in which files of unknown origin are opened: watched, limited, without a network, replaced when lost."""

"""The recipes: what puts stages, engines and exporters together, read from top to bottom."""

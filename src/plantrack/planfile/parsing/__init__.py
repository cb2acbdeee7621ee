"""YAML: bytes to nodes that know where they stand."""

"""The vocabulary: frozen values, named in Dutch as in the YAML."""

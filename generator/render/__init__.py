"""Views in, text out. Nothing here reads a register, a clock or a disk."""

"""What people read about the register, in Dutch: its fields, its files and its findings. Texts alone, no models."""

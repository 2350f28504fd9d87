"""What happens, in floating point."""

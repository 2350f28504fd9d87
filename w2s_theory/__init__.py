"""What is true, symbolically."""

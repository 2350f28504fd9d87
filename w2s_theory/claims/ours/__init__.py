"""Claims of this project: sharp constants, and statements that join the papers."""

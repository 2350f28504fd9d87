"""Drawn objects: teachers, students, laws and networks on which claims are tried."""

"""Accord's ground floor and roof.

Nothing is imported here: a child in the sandbox, and the start of the embedded servers, pass through this file.
"""

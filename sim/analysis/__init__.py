"""Answers about games and runs. Compiled searches write to arrays that they are given; all else returns frozen results."""

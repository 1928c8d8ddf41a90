"""What games and runs come to: compiled searches write to arrays that they are given, all else returns frozen results."""

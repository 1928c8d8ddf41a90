"""What `sim ask` says of a draft."""

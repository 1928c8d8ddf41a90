"""What `sim backtest` says of what was recorded later."""

"""What `sim baseline` says of naive forecasts."""

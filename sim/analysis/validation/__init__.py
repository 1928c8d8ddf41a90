"""The model compared with what was reported, and with naive forecasts."""

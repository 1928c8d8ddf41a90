"""The model held against what was reported, and against naive forecasts."""

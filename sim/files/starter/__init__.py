"""Projects to start from: a folder with a scenario and the seeds that it cites, made up or copied."""

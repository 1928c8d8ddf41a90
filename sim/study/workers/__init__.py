"""Who plays the chunks of a study: processes on this machine, or a Dask cluster."""

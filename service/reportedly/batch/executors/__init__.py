"""Where jobs are done: on this machine, by a provider's Batch API, on a Dask cluster."""

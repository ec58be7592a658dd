"""Files and scripts for deployments."""

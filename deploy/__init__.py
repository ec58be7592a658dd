"""What deployments need beside the product itself."""

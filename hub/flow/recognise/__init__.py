"""From admitted records to golden ones: described, compared, clustered, composed."""

"""Whether a text layer can be trusted, region by region: keep it, re-read the print, or reconcile both."""

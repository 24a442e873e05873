"""Where papers come from: one folder per source, each behind `digest.ports.PaperSource`."""

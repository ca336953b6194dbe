"""Repairs of what OCR broke: each with what stood there, what stands there now, and why."""

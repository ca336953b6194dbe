"""Tesseract fed with single lines: every line a page of one TIFF, so that a process start serves many of them."""

from recover.engines.tesseract.reader import TesseractReader

__all__ = ["TesseractReader"]

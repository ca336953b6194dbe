"""Paragraphs: lines joined over columns and pages where the evidence says that one goes on."""

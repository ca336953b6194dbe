"""Folders of made-up files to try a batch with, some of them broken, and a reader without networks for them."""

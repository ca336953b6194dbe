"""PP-OCRv6 through rapidocr on OpenVINO; its models ship inside rapidocr's wheel and nothing is downloaded."""

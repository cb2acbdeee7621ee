"""Sheets of an Excel workbook, part by part as they are packed, without a library and without holding them."""

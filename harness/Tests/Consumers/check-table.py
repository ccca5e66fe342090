"""Reads comma-separated values and writes them as JSON, an array of rows: python3 check-table.py TABLE"""

import csv
import json
import sys

with open(sys.argv[1], newline="", encoding="utf-8") as table:
    print(json.dumps(list(csv.reader(table, strict=True))))

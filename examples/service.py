"""Asks a running service about scans, with Python's standard library alone:
    python3 examples/service.py http://127.0.0.1:8080 samples/synthetic-ct-lesion.png ...
"""
import json
import sys
import urllib.request

service, *files = sys.argv[1:]
for path in files:
    with open(path, "rb") as file:
        request = urllib.request.Request(f"{service}/v1/classify", data=file.read(), headers={"Content-Type": "image/png"})
    with urllib.request.urlopen(request) as response:
        answer = json.load(response)
    if answer["accepted"]:
        print(f"{path}: {answer['verdict']}, probability of a tumour {answer['tumour']:.2f}; cannot be ruled out: {', '.join(answer['set'])}")
    else:
        print(f"{path}: no answer. {answer['reason']}")

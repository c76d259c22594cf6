"""What its readers' programs say of a release: validate.py VEGA_LITE_SCHEMA FOLDER, for every release in
the folder.

Every chart follows Vega-Lite's own schema. Every table, CSV and Parquet, is as its data package says, for
frictionless. In pandas a number of patients is a whole number, also where cells are hidden.
"""

import json
import re
import sys
import unittest
from pathlib import Path

import frictionless
import jsonschema
import pandas

SCHEMA, FOLDER = Path(sys.argv[1]), Path(sys.argv[2])
RELEASES = sorted(package.parent for package in FOLDER.glob("**/datapackage.json"))


def tables(suffix):
    return [table for release in RELEASES for table in sorted(release.glob(f"tables/*.{suffix}"))]


def charts():
    """Every chart by its place: the files of releases, and those inside pages."""
    for release in RELEASES:
        for chart in sorted(release.glob("charts/*.json")):
            yield chart.relative_to(FOLDER), json.loads(chart.read_text())
    for page in sorted(FOLDER.glob("**/*.html")):
        for i, text in enumerate(re.findall(r'data-chart><script type="application/json">(.*?)</script>', page.read_text())):
            yield f"{page.relative_to(FOLDER)}, chart {i}", json.loads(text)


class Release(unittest.TestCase):
    def test_the_folder_holds_releases_with_hidden_cells(self):
        self.assertGreaterEqual(len(RELEASES), 2)
        self.assertTrue(any("confidential" in table.read_text() for table in tables("csv")))

    def test_every_chart_follows_the_schema_of_vega_lite(self):
        validator = jsonschema.Draft7Validator(json.loads(SCHEMA.read_text()))
        found = list(charts())
        self.assertTrue(any("risk" in str(place) for place, _ in found))
        for place, specification in found:
            with self.subTest(chart=place):
                self.assertEqual([error.message[:300] for error in validator.iter_errors(specification)], [])

    def test_every_table_is_as_its_data_package_says(self):
        for release in RELEASES:
            with self.subTest(release=release.relative_to(FOLDER)):
                report = frictionless.validate(str(release / "datapackage.json"))
                self.assertEqual(report.flatten(["name", "rowNumber", "fieldName", "message"]), [])
                self.assertTrue(report.valid)
                self.assertEqual(
                    {task.place for task in report.tasks},
                    {f"tables/{table.name}" for table in tables("csv") + tables("parquet") if release in table.parents},
                )

    def test_a_number_of_patients_is_a_whole_number_in_pandas(self):
        for table in tables("parquet"):
            with self.subTest(table=table.relative_to(FOLDER)):
                read = pandas.read_parquet(table)
                self.assertTrue(pandas.api.types.is_integer_dtype(read["patients"]), read["patients"].dtype)
                self.assertEqual(list(read["patients"].isna()), list(read["status"] == "confidential"))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)

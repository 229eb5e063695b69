"""The Python module against the program's own answers. Runs under every Python, with and without NumPy,
pandas and PyTorch: what is not installed is said to be skipped.

    ATTNGRAPH_PROGRAM=build/attngraph PYTHONPATH=app/python python3 tests/packages/python_module_test.py
"""

import contextlib
import html
import importlib
import io
import json
import pickle
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import attngraph

ROOT = Path(__file__).resolve().parents[2]
CATS = ROOT / "data/minilm/cats"
SHORT = ROOT / "data/minilm/short"
MATRIX = [[0.5, 0.5, 0.0], [0.25, 0.5, 0.25], [0.0, 0.125, 0.875]]


def can_import(name):
    try:
        importlib.import_module(name)
    except ImportError:
        return False
    return True


def needs(*modules):
    missing = [name for name in modules if not can_import(name)]
    return unittest.skipIf(missing, "without " + ", ".join(missing))


def program(*arguments, data=None):
    """What the program itself shows."""
    return subprocess.run(
        [attngraph.program(), *map(str, arguments)], input=data, check=True, capture_output=True
    ).stdout


def results(*arguments, data=None):
    return json.loads(program(*arguments, "--json", "-q", data=data))["results"]


def rows(*arguments, **options):
    return attngraph.run(*arguments, frame=False, quiet=True, **options)


class Rows(unittest.TestCase):
    def test_a_path_gives_the_rows_of_the_program(self):
        path = CATS / "attention.npy"
        options = ["--layer", "2", "--head", "5", "--metric", "pagerank"]
        expected = results("centrality", path, *options)
        self.assertEqual(rows("centrality", path, metric="pagerank", layer=2, head=5), expected)
        self.assertEqual(len(expected), 17)

    def test_lists_of_numbers_go_in_as_they_are(self):
        found = rows("centrality", MATRIX, metric=["in_strength", "out_strength"])
        self.assertEqual([row["in_strength"] for row in found], [0.75, 1.125, 1.125])

    def test_several_paths_are_several_inputs(self):
        paths = [CATS / "attention.npy", SHORT / "attention.npy"]
        found = rows("heads", paths, layer=[0, -1], head=range(2))
        self.assertEqual({row["file"] for row in found}, set(map(str, paths)))
        self.assertEqual(len(found), 8)

    def test_labels_are_a_list(self):
        found = rows("rollout", [MATRIX], target="b", tokens=["a", "b", "c"])
        self.assertEqual([row["label"] for row in found], ["a", "b", "c"])

    def test_false_leaves_a_flag_out_and_says_no_to_causal(self):
        causal = [[1.0, 0.0], [0.5, 0.5]]
        self.assertEqual(rows("heads", causal, gini=False), results("heads", data=json.dumps(causal).encode()))
        no = rows("inspect", causal, causal=False)[0]["causal"]
        self.assertEqual((rows("inspect", causal)[0]["causal"], no), ("yes", "no"))

    def test_segments_are_a_dictionary(self):
        found = rows("heads", MATRIX, segments={"begin": "0-1", "end": "2"})
        self.assertEqual(len(found), 1)

    @needs("pandas")
    def test_rows_are_a_frame_where_pandas_is(self):
        frame = attngraph.run("heads", MATRIX, quiet=True)
        self.assertEqual(frame["entropy"].dtype, float)
        self.assertEqual(frame.to_dict("records"), rows("heads", MATRIX))
        self.assertEqual(frame.attrs["command"], "heads")


class Arrays(unittest.TestCase):
    @needs("numpy")
    def test_a_matrix_comes_back_as_the_file_would_be(self):
        import numpy

        attention = numpy.load(CATS / "attention.npy")
        found = attngraph.run("rollout", attention, format="npy", quiet=True)
        alone = numpy.load(io.BytesIO(program("rollout", CATS / "attention.npy", "--format", "npy")))
        self.assertEqual(found.dtype, alone.dtype)
        self.assertTrue((found == alone).all())

    @needs("numpy")
    def test_orders_and_types_of_numpy_keep_their_numbers(self):
        import numpy

        attention = numpy.load(SHORT / "attention.npy")
        expected = rows("heads", SHORT / "attention.npy")
        for other in (
            numpy.asfortranarray(attention),
            attention.astype(">f4"),
            attention[::-1][::-1],
        ):
            self.assertEqual(rows("heads", other), expected)
        double = rows("heads", attention.astype("f8"))
        self.assertAlmostEqual(double[0]["entropy"], expected[0]["entropy"], places=6)

    @needs("numpy")
    def test_a_tuple_of_layers_is_a_stack(self):
        import numpy

        attention = numpy.load(SHORT / "attention.npy")
        layers = tuple(layer[None] for layer in attention)
        self.assertEqual(rows("heads", layers), rows("heads", SHORT / "attention.npy"))

    @needs("numpy")
    def test_queries_and_keys_go_by_options(self):
        import numpy

        q = numpy.load(ROOT / "data/small/gpt/query.npy")
        k = numpy.load(ROOT / "data/small/gpt/key.npy")
        found = attngraph.run("attend", query=q, key=k, format="npy", causal=True, quiet=True)
        files = [ROOT / "data/small/gpt/query.npy", "--key", ROOT / "data/small/gpt/key.npy"]
        alone = program("attend", "--query", *files, "--causal", "--format", "npy")
        self.assertTrue((found == numpy.load(io.BytesIO(alone))).all())

    @needs("numpy")
    def test_a_dictionary_names_its_arrays_and_a_number_of_numpy_is_a_number(self):
        import numpy

        attention = numpy.load(SHORT / "attention.npy")
        named = {"attention": attention, "logits": numpy.zeros((4, 3))}
        found = rows("heads", named, layer=numpy.int64(2), gini=numpy.bool_(True))
        self.assertEqual(found, rows("heads", SHORT / "attention.npy", layer=2, gini=True))
        first = rows("heads", named, head=numpy.arange(2), columns=numpy.array(["layer", "head"]))
        self.assertEqual(first, rows("heads", SHORT / "attention.npy", head="0-1", columns=["layer", "head"]))

    @needs("numpy")
    def test_archives_come_back_as_dictionaries(self):
        found = attngraph.run("sparsify", MATRIX, top_k=1, format="npz", quiet=True)
        self.assertTrue(all(hasattr(one, "shape") for one in found.values()) and found)

    def test_layers_of_none_are_refused_with_the_cure(self):
        with self.assertRaises(attngraph.InputError) as caught:
            rows("heads", (None, None))
        self.assertEqual(caught.exception.place, "layer_0")
        self.assertIn("eager", caught.exception.hint)

    def test_no_attention_at_all_is_refused_with_the_cure(self):
        for nothing in (None, (), []):
            with self.assertRaises(attngraph.InputError) as caught:
                rows("heads", nothing)
            self.assertEqual(caught.exception.place, "input")
            self.assertIn("output_attentions=True", caught.exception.hint)
        with self.assertRaises(attngraph.UsageError) as caught:
            rows("attend", query=(), key=MATRIX)
        self.assertEqual(caught.exception.place, "--query")

    def test_what_is_no_array_is_a_type_error(self):
        with self.assertRaises(TypeError):
            rows("heads", object())


@needs("torch")
class Tensors(unittest.TestCase):
    def setUp(self):
        import torch

        self.torch = torch
        generator = torch.Generator().manual_seed(3)
        self.attention = torch.softmax(torch.randn(3, 2, 5, 5, generator=generator), -1)

    def heads(self, attention, **options):
        return [row["entropy"] for row in rows("heads", attention, **options)]

    def test_tensors_are_read_where_they_lie(self):
        expected = self.heads(self.attention.tolist())
        self.assertEqual(len(expected), 6)
        plain = self.heads(self.attention)
        for one, other in zip(plain, expected):
            self.assertAlmostEqual(one, other, places=6)
        needs_gradient = self.attention.clone().requires_grad_()
        self.assertEqual(self.heads(needs_gradient), plain)
        turned = self.attention.permute(3, 2, 1, 0).contiguous().permute(3, 2, 1, 0)
        self.assertEqual(self.heads(turned), plain)

    def test_half_and_bfloat16_keep_their_bits(self):
        for kind in (self.torch.bfloat16, self.torch.float16):
            rounded = self.attention.to(kind)
            short = self.heads(rounded, normalize="rows")
            exact = self.heads(rounded.double(), normalize="rows")
            for one, other in zip(short, exact):
                self.assertAlmostEqual(one, other, places=6)

    def test_a_tuple_of_layers_as_a_model_returns_it(self):
        layers = tuple(layer[None] for layer in self.attention)
        self.assertEqual(self.heads(layers), self.heads(self.attention))
        self.assertEqual(self.heads({"logits": self.torch.zeros(7, 9), "attentions": layers}), self.heads(self.attention))

    def test_steps_of_generate(self):
        causal = self.torch.tril(self.attention)
        causal = causal / causal.sum(-1, keepdim=True)
        steps = [[layer[None, :, :3, :3] for layer in causal]]
        steps += [[layer[None, :, t : t + 1, : t + 1] for layer in causal] for t in (3, 4)]
        self.assertEqual(self.heads(tuple(map(tuple, steps))), self.heads(causal))

    def test_a_type_the_program_cannot_read_is_named(self):
        with self.assertRaises(attngraph.InputError) as caught:
            rows("heads", self.attention.to(self.torch.complex64))
        self.assertIn("complex64", str(caught.exception))


class Pictures(unittest.TestCase):
    def test_a_picture_shows_itself_in_a_notebook(self):
        picture = attngraph.run("heatmap", MATRIX, quiet=True)
        self.assertTrue(picture._repr_svg_().startswith("<svg") or "<svg" in picture._repr_svg_())
        self.assertIsNone(picture._repr_png_())
        with tempfile.TemporaryDirectory() as folder:
            picture.save(Path(folder, "a.svg"))
            self.assertEqual(Path(folder, "a.svg").read_bytes(), picture.data)

    def test_other_formats_are_their_text(self):
        text = attngraph.run("graph", MATRIX, format="dot", quiet=True)
        self.assertTrue(text.startswith("digraph"))
        self.assertEqual(attngraph.run("heads", MATRIX, json=True, quiet=True)["schema"], "attngraph/1")
        self.assertTrue(attngraph.run("heads", MATRIX, csv=True, out="-", quiet=True).startswith("layer,"))

    def test_a_page_shows_itself_in_a_frame(self):
        page = attngraph.run("view", MATRIX, quiet=True)
        self.assertIsInstance(page, attngraph.Page)
        shown = page._repr_html_()
        self.assertTrue(shown.startswith("<iframe ") and shown.endswith("</iframe>"))
        self.assertEqual(html.unescape(shown.split('srcdoc="')[1].split('"')[0]).encode(), page.data)
        with tempfile.TemporaryDirectory() as folder:
            page.save(Path(folder, "a.html"))
            self.assertEqual(Path(folder, "a.html").read_bytes(), page.data)

    @unittest.skipIf(shutil.which("rsvg-convert") is None, "without rsvg-convert")
    def test_pictures_of_dots_and_of_paper(self):
        dots = attngraph.run("heatmap", MATRIX, format="png", quiet=True)
        self.assertEqual(dots._repr_png_()[:4], b"\x89PNG")
        self.assertIsNone(dots._repr_svg_())
        paper = attngraph.run("heatmap", MATRIX, format="pdf", quiet=True)
        self.assertEqual((paper._repr_png_(), paper._repr_svg_(), paper.data[:4]), (None, None, b"%PDF"))

    def test_out_writes_a_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "heads.csv")
            self.assertIsNone(attngraph.run("heads", MATRIX, out=path, quiet=True))
            self.assertTrue(path.read_text().startswith("layer,head,"))
            path = Path(folder, "rollout.npy")
            self.assertIsNone(attngraph.run("rollout", [MATRIX], format="npy", out=path, quiet=True))
            self.assertEqual(path.read_bytes()[1:6], b"NUMPY")


class Errors(unittest.TestCase):
    def caught(self, kind, *arguments, **options):
        with self.assertRaises(kind) as caught:
            rows(*arguments, **options)
        return caught.exception

    def test_each_status_has_its_class(self):
        self.assertIn("nowhere.npy", self.caught(attngraph.FileError, "heads", "nowhere.npy").place)
        broken = ROOT / "data/broken/npy_data_cut.npy"
        self.assertIn("npy_data_cut.npy", self.caught(attngraph.InputError, "heads", broken).place)
        error = self.caught(attngraph.UsageError, "heads", MATRIX, heed=3)
        self.assertEqual((error.status, error.hint), (2, "did you mean --head?"))
        self.caught(attngraph.UsageError, "haeds", MATRIX)
        self.caught(attngraph.LimitError, "heads", CATS / "attention.npy", max_memory=100)

    def test_an_option_is_the_place_of_its_error(self):
        self.assertEqual(self.caught(attngraph.UsageError, "heads", MATRIX, layer=7).place, "--layer")

    def test_errors_of_arrays_name_the_option_and_no_scratch_file(self):
        error = self.caught(attngraph.InputError, "attend", query=[[1.0], [2.0, 3.0]], key=MATRIX)
        self.assertTrue(error.place.startswith("query.json"), error.place)

    def test_ragged_rows_are_named(self):
        self.assertIn("row [1]", str(self.caught(attngraph.InputError, "heads", [[1.0, 0.0], [1.0]])))

    def test_of_several_inputs_the_answer_is_kept(self):
        error = self.caught(
            attngraph.SomeFailed, "heads", ["nowhere.npy", SHORT / "attention.npy"], layer=0, head=0
        )
        self.assertEqual([type(one) for one in error.errors], [attngraph.FileError])
        self.assertEqual(len(error.answer), 1)
        again = pickle.loads(pickle.dumps(error))
        self.assertEqual((str(again), again.answer), (str(error), error.answer))

    def test_errors_come_through_processes_as_they_are(self):
        error = self.caught(attngraph.UsageError, "heads", MATRIX, heed=3)
        again = pickle.loads(pickle.dumps(error))
        self.assertEqual((type(again), str(again), vars(again)), (type(error), str(error), vars(error)))

    def test_notes_go_to_standard_error_unless_quiet(self):
        said = io.StringIO()
        with contextlib.redirect_stderr(said):
            attngraph.run("heads", MATRIX, frame=False)
        self.assertIn("note: read as [query, key]", said.getvalue())
        with contextlib.redirect_stderr(io.StringIO()) as silent:
            rows("heads", MATRIX)
        self.assertEqual(silent.getvalue(), "")


if __name__ == "__main__":
    print(f"{sys.implementation.name} {sys.version.split()[0]}, attngraph {attngraph.version()}", flush=True)
    unittest.main()

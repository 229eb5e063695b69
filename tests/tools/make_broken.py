#!/usr/bin/env python3
"""Write data/broken/: one small file for each way of being wrong, and expected.txt; texts.txt with
all of each text beside it is written by `ATTNGRAPH_REBASE=1 test_formats`.

expected.txt holds, between tabs: the file, the exit status (3 bad input, 5 a limit), and a part of
the error text. Files that begin with labels_ are lists of labels, all others are inputs.

Usage: make_broken.py DIRECTORY
"""

import gzip
import json
import pathlib
import pickle
import struct
import sys
import zlib

cases = []


def case(name, data, problem, status=3):
    if isinstance(data, str):
        data = data.encode("utf-8")
    cases.append((name, data, status, problem))


# --- pieces of valid files ---------------------------------------------------------------------

MATRIX = struct.pack("<4f", 0.5, 0.5, 0.25, 0.75)
ARRAY_HEADER = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }"


def npy(header=ARRAY_HEADER, data=MATRIX, version=(1, 0), length=None):
    text = header.encode("latin-1") + b"\n"
    width = "<H" if version[0] == 1 else "<I"
    size = len(text) if length is None else length
    return b"\x93NUMPY" + bytes(version) + struct.pack(width, size) + text + data


def shaped(shape, data=MATRIX, descr="'<f4'", order="False"):
    return npy("{'descr': %s, 'fortran_order': %s, 'shape': %s, }" % (descr, order, shape), data)


def deflated(data):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


class Member:
    """One member of an archive; every field of both headers can be made to lie."""

    def __init__(self, name, content=None, method=0, **lies):
        self.name = name.encode("utf-8") if isinstance(name, str) else name
        self.content = npy() if content is None else content
        self.method = method
        self.packed = lies.get("packed")
        if self.packed is None:
            self.packed = deflated(self.content) if method == 8 else self.content
        self.lies = lies

    def field(self, header, key, truth):
        return self.lies.get(header + "_" + key, self.lies.get(key, truth))

    def fields(self, header):
        name = self.field(header, "name", self.name)
        return (
            self.field(header, "flags", 0),
            self.field(header, "method", self.method),
            0,
            0x21,
            self.field(header, "crc", zlib.crc32(self.content)),
            self.field(header, "packed_size", len(self.packed)),
            self.field(header, "size", len(self.content)),
            len(name),
        ), name

    def local(self):
        fields, name = self.fields("local")
        return struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, *fields, 0) + name + self.packed

    def central(self, offset):
        fields, name = self.fields("central")
        extra = self.lies.get("extra", b"")
        offset = self.lies.get("offset", offset)
        return struct.pack(
            "<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, *fields, len(extra), 0, 0, 0, 0, offset
        ) + name + extra


def archive(*members, entries=None, directory_offset=None, directory_size=None, disk=0, tail=b"",
            between=b""):
    body = b""
    directory = b""
    for member in members:
        directory += member.central(len(body))
        body += member.local()
    entries = len(members) if entries is None else entries
    offset = len(body) if directory_offset is None else directory_offset
    size = len(directory) if directory_size is None else directory_size
    end = struct.pack("<IHHHHIIH", 0x06054B50, disk, disk, entries, entries, size, offset, 0)
    return body + directory + between + end + tail


def safetensors(header, data=MATRIX, length=None):
    if not isinstance(header, (str, bytes)):
        header = json.dumps(header)
    if isinstance(header, str):
        header = header.encode("utf-8")
    return struct.pack("<Q", len(header) if length is None else length) + header + data


def tensor(dtype="F32", shape=(2, 2), offsets=(0, 16)):
    return {"dtype": dtype, "shape": list(shape), "data_offsets": list(offsets)}


def graphml(body, head="", edgedefault="directed"):
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n%s'
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
        '  <key id="w" for="edge" attr.name="weight" attr.type="double"/>\n'
        '  <graph edgedefault="%s">\n%s  </graph>\n</graphml>\n' % (head, edgedefault, body)
    )


NODES = '    <node id="a"/>\n    <node id="b"/>\n'

# --- not a file of ours ------------------------------------------------------------------------

case("empty.npy", b"", "is empty")
case("hdf5.h5", b"\x89HDF\r\n\x1a\n" + bytes(16), "is an HDF5 file")
case("gzip.npy.gz", b"\x1f\x8b\x08\x00" + bytes(8), "is a gzip file whose data is damaged or cut off")
case("gzip_twice.npy.gz", gzip.compress(gzip.compress(npy(), mtime=0), mtime=0), "is a gzip file")
case("utf16_cut.json", "[[1]]".encode("utf-16")[:-1], "the text is UTF-16 and ends within a character")
case("utf16_no_mark.json", "[[1]]".encode("utf-16-le"), "is UTF-16 text without its mark")
case("utf16_no_mark.csv", "source,target\n0,1\n".encode("utf-16-be"), "is UTF-16 text without its mark")
case("utf32_no_mark.json", "[[1]]".encode("utf-32-le"), "is UTF-32 text without its mark")
case("utf16_surrogate.json", b"\xff\xfe[\0\0\xd8]\0", "the text is UTF-16 and holds half a character")
case("zstd.zst", b"\x28\xb5\x2f\xfd" + bytes(8), "is a Zstandard file")
case("bzip2.bz2", b"BZh91AY&SY", "is a bzip2 file")
case("xz.xz", b"\xfd7zXZ\x00" + bytes(8), "is an xz file")
case("parquet.parquet", b"PAR1" + bytes(8) + b"PAR1", "is a Parquet file")
case("gguf.gguf", b"GGUF" + struct.pack("<I", 3) + bytes(16), "is a GGUF file")
case("lfs_pointer.npy", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 128\n",
     "is a Git LFS pointer")
case("page.npy", "<!DOCTYPE html>\n<html><body>404</body></html>\n", "is an HTML page")
case("page_upper_case.npy", "\n<HTML><BODY>404</BODY></HTML>\n", "is an HTML page")
case("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(16), "is a PNG picture")
case("document.pdf", b"%PDF-1.7\n", "is a PDF document")
case("unknown_bytes.bin", bytes(range(1, 33)), "is of an unknown kind, expected NPY")
case("unknown_text.txt", "hello\n", "begins with 'hello', expected NPY")
case("matlab_5.mat", b"MATLAB 5.0 MAT-file Platform: posix" + bytes(96), "is a file of MATLAB")
case("matlab_7.mat", b"MATLAB 7.3 MAT-file, Platform: GLNXA64" + bytes(96), "is a file of MATLAB, which is HDF5")
case("matrix_market.mtx", "%%MatrixMarket matrix coordinate real general\n2 2 1\n1 1 1\n", "is a matrix of Matrix Market")
case("matrix_market_dense.mtx", "%%MatrixMarket matrix array real general\n1 1\n1\n", "is a matrix of Matrix Market")
case("arrow.arrow", b"ARROW1\0\0" + bytes(8), "is an Arrow file")
case("feather.feather", b"FEA1" + bytes(8), "is a Feather file")
case("sqlite.db", b"SQLite format 3\0" + bytes(8), "is an SQLite database")
case("archive.7z", b"7z\xbc\xaf\x27\x1c" + bytes(8), "is a 7z archive")
case("netcdf.nc", b"CDF\x01" + bytes(8), "is a NetCDF file")
case("netcdf_64.nc", b"CDF\x02" + bytes(8), "is a NetCDF file")
case("graph.gml", "graph [\n  directed 1\n  node [\n    id 0\n  ]\n]\n", "is a graph as GML, expected GraphML")
case("graph_creator.gml", 'Creator "igraph version 0.10"\nVersion 1\ngraph\n[\n]\n', "is a graph as GML, expected GraphML")
case("graph.dot", "// made by hand\nstrict digraph \"a b\" {\n  0 -> 1;\n}\n", "is a graph as DOT, expected GraphML")
case("graph_undirected.dot", "graph{ 0 -- 1 }\n", "is a graph as DOT, expected GraphML")
case("graph.net", "*Vertices 1\n1 a\n*Arcs\n1 1 0.5\n", "is a graph as Pajek writes it, expected GraphML")
case("list.yaml", "---\nattention:\n- [1]\n", "is YAML, expected JSON")
case("edge_list_of_networkx.txt", "0 1 {'weight': 0.5}\n", "begins with '0 1 {'weight': 0', expected NPY")
case("table_with_semicolons.csv", "0.5;0.5\r\n1;0\r\n", "begins with '0.5;0.5', expected NPY")
case("table_of_numbers.csv", "0.5,0.5\n0.25,0.75\n", "begins with '0.5,0.5', expected NPY")

# --- NPY ---------------------------------------------------------------------------------------

case("npy_magic_cut.npy", b"\x93NUM", "4 bytes, expected at least 8")
case("npy_header_cut.npy", npy()[:40], "40 bytes, expected at least 70")
case("npy_length_beyond_file.npy", npy(length=60000), "expected at least 60010")
case("npy_length_beyond_memory.npy", npy(version=(2, 0), length=0xFFFFFFFF),
     "4294967295 bytes long, expected at most 65536")
case("npy_header_too_long.npy", npy(ARRAY_HEADER + " " * 70000, version=(2, 0)),
     "expected at most 65536")
case("npy_version_4.npy", npy(version=(4, 0)), "version 4.0, expected 1.0, 2.0 or 3.0")
case("npy_version_1_1.npy", npy(version=(1, 1)), "version 1.1, expected 1.0, 2.0 or 3.0")
case("npy_data_cut.npy", npy()[:-1], "data: 15 bytes, expected 16 for float32 [2, 2]")
case("npy_data_missing.npy", npy(data=b""), "data: 0 bytes, expected 16 for float32 [2, 2]")
case("npy_trailing_byte.npy", npy() + b"\0", "data: 17 bytes, expected 16 for float32 [2, 2]")
case("npy_two_arrays.npy", npy() + npy(), "expected 16 for float32 [2, 2]")
case("npy_not_a_dict.npy", npy("('<f4', False, (2, 2))"), "found '(' at character 1, expected '{'")
case("npy_code.npy", npy("{'descr': '<f4', 'fortran_order': False, 'shape': __import__('os').getcwd()}"),
     "found '_' at character 51, expected '('")
case("npy_code_in_shape.npy", shaped("(2, 1+1)"), "found '+'")
case("npy_nested_parentheses.npy", shaped("((2, 2),)"), "found '(' at character 52, expected a whole number")
case("npy_text_behind_header.npy", npy(ARRAY_HEADER + " 1"), "expected only blanks")
case("npy_unclosed_header.npy", npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2)"),
     "found the end")
case("npy_unclosed_quote.npy", npy("{'descr: <f4, }"), "expected a closing quote")
case("npy_escape.npy", npy("{'d\\x65scr': '<f4', 'fortran_order': False, 'shape': (2, 2)}"),
     "expected text without backslashes")
case("npy_missing_shape.npy", npy("{'descr': '<f4', 'fortran_order': False, }"), "'shape' is missing")
case("npy_missing_descr.npy", npy("{'fortran_order': False, 'shape': (2, 2), }"), "'descr' is missing")
case("npy_missing_order.npy", npy("{'descr': '<f4', 'shape': (2, 2), }"), "'fortran_order' is missing")
case("npy_extra_key.npy", npy(ARRAY_HEADER[:-1] + "'more': 1, }"), "has a key 'more', expected only")
case("npy_duplicate_key.npy", npy("{'descr': '<f4', 'fortran_order': False, 'shape': (4, 1), 'shape': (2, 2), }"),
     "the key 'shape' occurs twice")
case("npy_order_number.npy", shaped("(2, 2)", order="0"), "expected True or False")
case("npy_negative_dimension.npy", shaped("(-2, -2)"), "found '-'")
case("npy_hex_dimension.npy", shaped("(0x2, 2)"), "found 'x'")
case("npy_boolean_dimension.npy", shaped("(True, 4)"), "found 'T'")
case("npy_float_dimension.npy", shaped("(2.0, 2)"), "found '.'")
case("npy_leading_zero.npy", shaped("(02, 2)"), "expected a number without leading zeros")
case("npy_shape_without_comma.npy", shaped("(4)"), "found ')'")
case("npy_shape_list.npy", shaped("[2, 2]"), "found '['")
case("npy_dimension_beyond_64_bits.npy", shaped("(99999999999999999999, 2)"), "fits into 64 bits")
case("npy_shape_overflow.npy", shaped("(4294967296, 4294967296)"), "is larger than any memory")
case("npy_size_overflow.npy", shaped("(4611686018427387904,)"), "is larger than any memory")
case("npy_dimension_zero.npy", shaped("(0, 2)", b""), "shape [0, 2] has a dimension of length 0")
case("npy_nine_dimensions.npy", shaped("(1, 1, 1, 1, 1, 1, 1, 2, 2)"), "9 dimensions, expected at most 8")
case("npy_objects.npy", shaped("(1,)", b"\x80\x04N.", "'|O'"), "holds None in place of arrays")
case("npy_complex.npy", shaped("(2,)", MATRIX, "'<c8'"), "the array holds complex numbers")
case("npy_strings.npy", shaped("(2,)", bytes(8), "'<U1'"), "the array holds strings")
case("npy_bytes.npy", shaped("(2,)", b"ab", "'|S1'"), "the array holds strings")
case("npy_dates.npy", shaped("(2,)", MATRIX, "'<M8[s]'"), "the array holds dates or times")
case("npy_raw_bytes.npy", shaped("(1,)", MATRIX, "'|V16'"), "the array holds records of raw bytes")
case("npy_float8.npy", shaped("(4,)", MATRIX[:4], "'|V1'"), "the array holds float8, of which NPY does not say which one")
case("npy_records.npy", shaped("(1,)", MATRIX, "[('a', '<f4'), ('b', '<f4')]"), "the array holds records")
case("npy_quadruple.npy", shaped("(1,)", MATRIX, "'<f16'"), "the number type '<f16' is unknown")
case("npy_order_unclear.npy", shaped("(2, 2)", MATRIX, "'|f4'"), "the number type '|f4' is unknown")
case("npy_order_missing.npy", shaped("(2, 2)", MATRIX, "'f4'"), "the number type 'f4' is unknown")

# --- NPZ ---------------------------------------------------------------------------------------

good = archive(Member("a.npy"), Member("b.npy", method=8))
case("npz_cut.npz", good[:-1], "the end of the ZIP archive is missing")
case("npz_only_begin.npz", good[:10], "the end of the ZIP archive is missing")
case("npz_trailing_byte.npz", good + b"\0", "1 byte behind the end of the ZIP archive")
case("npz_no_members.npz", archive(), "the archive is empty")
case("npz_member_not_npy.npz", archive(Member("a.npy", b"hello")), "is not an NPY array")
case("archive_without_pickle.pt", archive(Member("x/byteorder", b"little"), Member("x/version", b"3\n"), Member("x/.data/serialization_id", b"0")),
     "is a PyTorch archive without data.pkl")
case("archive_only_byteorder.pt", archive(Member("x/byteorder", b"little")), "is a PyTorch archive without data.pkl")
case("archive_export.pt2", archive(Member("x/models/model.json", b"{}"), Member("x/byteorder", b"little"), Member("x/.data/serialization_id", b"0")),
     "is a program of torch.export, expected tensors")
case("archive_export_old.pt2", archive(Member("x/serialized_exported_program.json", b"{}")), "is a program of torch.export, expected tensors")
case("archive_package.pt", archive(Member("x/.data/extern_modules", b"torch\n"), Member("x/model/model.pkl", b"\x80\x02N.")),
     "is a package of torch.package, expected tensors")
case("archive_keras.keras", archive(Member("config.json", b"{}"), Member("model.weights.h5", b"\x89HDF")), "is a model of Keras, expected arrays")
case("archive_excel.xlsx", archive(Member("[Content_Types].xml", b"<"), Member("xl/workbook.xml", b"<")), "is an Excel workbook, expected arrays")
case("archive_of_json.zip", archive(Member("a.json", b"[[1]]")), "is a ZIP archive without NPY arrays")
case("npz_member_empty.npz", archive(Member("a.npy", b"")), "is empty, expected an NPY array")
case("npz_member_data_cut.npz", archive(Member("a.npy", npy()[:-4])), "12 bytes, expected 16 for float32 [2, 2]")
case("npz_member_objects.npz", archive(Member("a.npy", shaped("(1,)", b"\x80\x04N.", "'|O'"))),
     "holds None in place of arrays")
case("npz_strings.npz", archive(Member("a.npy", shaped("(2,)", bytes(8), "'<U1'"))), "the array holds strings")
case("npz_only_tokens.npz", archive(Member("tokens.npy", shaped("(1,)", b"a\0\0\0", "'<U1'"))),
     "holds no array of numbers")
case("npz_sparse.npz", archive(*[Member(n + ".npy") for n in ("indices", "indptr", "format", "shape", "data")]),
     "is a sparse matrix of SciPy")
case("npz_wrong_crc.npz", archive(Member("a.npy", crc=1)), "has another checksum (CRC-32)")
case("npz_wrong_crc_deflated.npz", archive(Member("a.npy", method=8, crc=1)), "has another checksum (CRC-32)")
case("npz_bit_flipped.npz", good.replace(MATRIX, b"\1" + MATRIX[1:], 1), "has another checksum (CRC-32)")
case("npz_inflates_to_less.npz", archive(Member("a.npy", method=8, size=len(npy()) + 1)), "does not inflate to the stated")
case("npz_inflates_to_more.npz", archive(Member("a.npy", method=8, size=len(npy()) - 1)), "does not inflate to the stated")
case("npz_bomb.npz", archive(Member("a.npy", method=8, size=0xFFFFFFFE)), "cannot hold the stated 4294967294")
case("npz_not_deflate.npz", archive(Member("a.npy", method=8, packed=b"\xff" * 40)), "does not inflate to the stated")
case("npz_packed_rest.npz", archive(Member("a.npy", method=8, packed=deflated(npy()) + b"\0\0")),
     "does not inflate to the stated")
case("npz_stored_sizes_differ.npz", archive(Member("a.npy", size=5)), "is stored, but its two sizes differ")
case("npz_encrypted.npz", archive(Member("a.npy", flags=1)), "is encrypted")
case("npz_method_bzip2.npz", archive(Member("a.npy", method=12)), "is packed by method 12, expected stored or deflated")
newer = bytearray(archive(Member("a.npy")))
newer[newer.index(b"PK\1\2") + 6] = 64
case("npz_newer_version.npz", bytes(newer), "needs version 6.4 of ZIP, expected 6.3 at most")
newer = bytearray(archive(Member("a.npy")))
newer[4] = 99
case("npz_newer_version_local.npz", bytes(newer), "needs version 9.9 of ZIP, expected 6.3 at most")
case("npz_encrypted_strongly.npz", archive(Member("a.npy", flags=0x41)), "is encrypted")
case("npz_encrypted_headers.npz", archive(Member("a.npy", flags=0x2000)), "is encrypted")
case("npz_patch.npz", archive(Member("a.npy", flags=0x20)), "is a patch to another member, expected its whole content")
for key, lie in (("crc", 1), ("size", 3), ("packed_size", 3), ("flags", 2), ("method", 8), ("name", b"c.npy")):
    case("npz_local_%s_differs.npz" % key, archive(Member("a.npy", **{"local_" + key: lie})),
         "the local header says otherwise than the central directory")
case("npz_duplicate_member.npz", archive(Member("a.npy"), Member("a.npy")), "the member 'a.npy' occurs twice")
case("npz_duplicate_array.npz", archive(Member("a"), Member("a.npy")), "the array 'a' occurs twice")
case("npz_members_overlap.npz", archive(Member("a.npy"), Member("b.npy", offset=0, central_name=b"a.npx", local_name=b"b.npy")),
     "the local header says otherwise")
inner = Member("in.npy").local()
case("npz_member_inside_member.npz",
     archive(Member("a.npy", npy() + inner), Member("in.npy", offset=35 + len(npy()))), "two members overlap")
case("npz_member_outside.npz", archive(Member("a.npy", offset=100000)), "the local header is missing")
case("npz_content_outside.npz", archive(Member("a.npy", size=5000, packed_size=5000)), "the content leaves the archive")
case("npz_entries_too_many.npz", archive(Member("a.npy"), entries=2), "lists 1 member, expected 2")
case("npz_entries_too_few.npz", archive(Member("a.npy"), Member("b.npy"), entries=1), "lists 2 members, expected 1")
case("npz_directory_elsewhere.npz", archive(Member("a.npy"), directory_offset=3), "does not end where the end record begins")
case("npz_directory_too_long.npz", archive(Member("a.npy"), directory_size=0xFFFFFFF0),
     "does not end where the end record begins")
case("npz_directory_gap.npz", archive(Member("a.npy"), between=b"\0" * 4), "does not end where the end record begins")
case("npz_directory_damaged.npz", good.replace(b"PK\1\2", b"PK\1\3", 1), "the central directory is damaged")
case("npz_split.npz", archive(Member("a.npy"), disk=1), "the archive is split into several files")
case("npz_name_not_text.npz", archive(Member(b"\xff.npy")), "the name of a member is not text")
case("npz_name_with_nul.npz", archive(Member(b"a\0.npy")), "the name of a member is not text")
case("npz_extra_field_cut.npz", archive(Member("a.npy", extra=b"\1\0\x10\0")), "an extra field leaves its header")
case("npz_zip64_field_cut.npz", archive(Member("a.npy", central_size=0xFFFFFFFF, extra=b"\1\0\0\0")),
     "the Zip64 field is too short")
locator = struct.pack("<IIQI", 0x07064B50, 0, 0, 1)
case("npz_zip64_locator_lies.npz", archive(Member("a.npy"), between=locator),
     "the Zip64 end record is not where its locator says")
case("npz_descriptor_missing.npz", archive(Member("a.npy", flags=8, local_crc=0, local_size=0, local_packed_size=0)),
     "the data descriptor says otherwise")

# --- safetensors -------------------------------------------------------------------------------

case("safetensors_metadata_no_object.safetensors", safetensors({"__metadata__": 3, "a": tensor()}), "__metadata__: is a number, expected an object")
case("safetensors_length_beyond_file.safetensors", safetensors({"a": tensor()}, length=200),
     "200 bytes long, but")
case("safetensors_length_beyond_memory.safetensors", safetensors({"a": tensor()}, length=2**64 - 1),
     "18446744073709551615 bytes long, expected at most 100000000")
case("safetensors_header_cut.safetensors", safetensors({"a": tensor()})[:30], "but 22 bytes follow")
case("safetensors_header_empty.safetensors", safetensors({"a": tensor()}, length=0), "0 bytes long, expected a JSON object")
case("safetensors_left_out_size.safetensors", safetensors({"a": tensor(), "b": {"dtype": "F32", "shape": [0], "data_offsets": [16, 32]}}, 2 * MATRIX), "b: data: 16 bytes, expected 0 for float32 [0]")
case("safetensors_header_blank_first.safetensors", safetensors(' {"a": 1}'), "does not begin with '{'")
case("safetensors_header_not_json.safetensors", safetensors('{"a": tensor}'), "found 'tensor'")
case("safetensors_header_ends_early.safetensors", safetensors('{"a": {"dtype": "F32"'), "the text ends too early")
case("safetensors_empty.safetensors", safetensors("{}", b""), "holds no tensor")
case("safetensors_no_dtype.safetensors", safetensors({"a": {"shape": [2, 2], "data_offsets": [0, 16]}}), "'dtype' is missing")
case("safetensors_no_shape.safetensors", safetensors({"a": {"dtype": "F32", "data_offsets": [0, 16]}}), "'shape' is missing")
case("safetensors_no_offsets.safetensors", safetensors({"a": {"dtype": "F32", "shape": [2, 2]}}), "'data_offsets' is missing")
case("safetensors_unknown_field.safetensors", safetensors({"a": dict(tensor(), device="cpu")}),
     "expected only dtype, shape and data_offsets")
case("safetensors_duplicate_name.safetensors",
     safetensors('{"a": %s, "a": %s}' % ((json.dumps(tensor()),) * 2)), "the key 'a' occurs twice")
case("safetensors_duplicate_field.safetensors",
     safetensors('{"a": {"dtype": "F32", "dtype": "F32", "shape": [2, 2], "data_offsets": [0, 16]}}'),
     "the key 'dtype' occurs twice")
case("safetensors_unknown_dtype.safetensors", safetensors({"a": tensor("F8_E4M3", offsets=(9, 1))}),
     "the dtype 'F8_E4M3' is unknown")
case("safetensors_offsets_reversed.safetensors", safetensors({"a": tensor(offsets=(16, 0))}),
     "data_offsets are [16, 0], expected begin and end")
case("safetensors_three_offsets.safetensors", safetensors({"a": tensor(offsets=(0, 16, 16))}),
     "data_offsets are [0, 16, 16], expected begin and end")
case("safetensors_offsets_outside.safetensors", safetensors({"a": tensor(shape=(2, 3), offsets=(0, 24))}),
     "data_offsets end at 24, but the data has 16 bytes")
case("safetensors_size_differs.safetensors", safetensors({"a": tensor(shape=(2, 3))}),
     "data: 16 bytes, expected 24 for float32 [2, 3]")
case("safetensors_float8_size.safetensors", safetensors({"a": tensor("F8_E4M3", (2, 4), (0, 7)), "b": tensor(offsets=(7, 23))}, bytes(7) + MATRIX),
     "a: data: 7 bytes, expected 8 for F8_E4M3 [2, 4]")
case("safetensors_float4_size.safetensors", safetensors({"a": tensor("F4", (2, 4), (0, 8)), "b": tensor(offsets=(8, 24))}, bytes(8) + MATRIX),
     "a: data: 8 bytes, expected 4 for F4 [2, 4]")
case("safetensors_float6_size.safetensors", safetensors({"a": tensor("F6_E2M3", (3,), (0, 3)), "b": tensor(offsets=(3, 19))}, bytes(3) + MATRIX),
     "a: data: 3 bytes, but F6_E2M3 [3] fills no whole bytes")
case("safetensors_complex_size.safetensors", safetensors({"a": tensor("C64", (2,), (0, 8)), "b": tensor(offsets=(8, 24))}, bytes(8) + MATRIX),
     "a: data: 8 bytes, expected 16 for C64 [2]")
case("safetensors_shape_overflow_beside.safetensors", safetensors({"a": tensor(), "b": tensor(shape=(2**40, 2**40), offsets=(16, 16))}),
     "b: shape [1099511627776, 1099511627776] is larger than any memory")
case("safetensors_overlap.safetensors",
     safetensors({"a": tensor(), "b": tensor(offsets=(8, 24))}, MATRIX + MATRIX[:8]),
     "data_offsets begin at 8, expected 16: tensors overlap")
case("safetensors_same_place.safetensors", safetensors({"a": tensor(), "b": tensor()}), "expected 16: tensors overlap")
case("safetensors_hole.safetensors", safetensors({"a": tensor(), "b": tensor(offsets=(20, 36))}, MATRIX * 2 + bytes(4)),
     "data_offsets begin at 20, expected 16: tensors leave a hole")
case("safetensors_hole_first.safetensors", safetensors({"a": tensor(offsets=(4, 20))}, bytes(4) + MATRIX),
     "data_offsets begin at 4, expected 0: tensors leave a hole")
case("safetensors_trailing_bytes.safetensors", safetensors({"a": tensor()}, MATRIX + bytes(4)),
     "20 bytes, but the last tensor ends at 16")
case("safetensors_shape_overflow.safetensors", safetensors({"a": tensor(shape=(2**40, 2**40))}),
     "is larger than any memory")
case("safetensors_dimension_zero.safetensors", safetensors({"a": tensor(shape=(0, 2), offsets=(0, 0))}, b""),
     "shape [0, 2] has a dimension of length 0")
case("safetensors_negative_dimension.safetensors", safetensors({"a": tensor(shape=(-2, -2))}), "not a whole one in range")
case("safetensors_fraction_dimension.safetensors", safetensors({"a": tensor(shape=(2.5, 2))}), "not a whole one in range")
case("safetensors_dimension_as_float.safetensors", safetensors({"a": tensor(shape=(2.0, 2))}), "not a whole one in range")
case("safetensors_dimension_minus_zero.safetensors", safetensors('{"a": {"dtype": "F32", "shape": [-0], "data_offsets": [0, 16]}}'),
     "not a whole one in range")
case("safetensors_offset_as_float.safetensors",
     safetensors('{"a": {"dtype": "F32", "shape": [2, 2], "data_offsets": [0, 1.6e1]}}'), "not a whole one in range")
case("safetensors_offset_boolean.safetensors",
     safetensors('{"a": {"dtype": "U8", "shape": [1], "data_offsets": [false, 1]}}'), "is false, expected a whole number")
case("safetensors_nul_behind.safetensors", safetensors('{"a": %s}\0' % json.dumps(tensor())), "column 66: found '\\x00'")
case("safetensors_huge_offset.safetensors", safetensors({"a": tensor(offsets=(0, 2**63))}), "not a whole one in range")
case("safetensors_shape_text.safetensors", safetensors({"a": dict(tensor(), shape="2")}), "is a string, expected a list")
case("safetensors_shape_nested.safetensors", safetensors({"a": dict(tensor(), shape=[[2, 2]])}),
     "is a list, expected a whole number")
case("safetensors_dtype_number.safetensors", safetensors({"a": dict(tensor(), dtype=32)}), "is a number, expected a string")
case("safetensors_tensor_is_list.safetensors", safetensors({"a": [1]}), "is a list, expected an object")
case("safetensors_tensor_nested.safetensors", safetensors({"a": {"dtype": {}}}), "is an object, expected a string")
case("safetensors_metadata_number.safetensors", safetensors({"__metadata__": {"step": 3}, "a": tensor()}),
     "is a number, expected a string")

# --- JSON --------------------------------------------------------------------------------------

case("json_cut.json", "[[0.5, 0.5], [0.25, 0.7", "the text ends too early")
case("json_cut_in_string.json", '{"tokens": ["a', "the text ends too early")
case("json_nan.json", "[[0.5, 0.5],\n [NaN, 1.0]]", "line 2, column 3: found 'NaN'")
case("json_infinity.json", "[[0.5, 0.5], [-Infinity, 1.0]]", "column 15: found '-Infinity'")
case("json_python.json", "[[0.5, 0.5], [None, 1.0]]", "found 'None'")
case("json_too_large.json", "[[1e400]]", "column 3: the number '1e400' is larger than a float64 can be")
case("json_leading_zero.json", "[[01]]", "found '01'")
case("json_trailing_comma.json", "[[1, 2,]]", "found ']'")
case("json_two_values.json", "[[1]] [[1]]", "found '['")
case("json_comment.json", "[[1]] // one", "found '/'")
case("json_single_quotes.json", "{'attention': [[1]]}", "found '''")
case("json_nul.json", "[[0.5, 0.5\0], [0.25, 0.75]]", "column 11: found '\\x00'")
case("json_nul_behind.json", "[[0.5, 0.5], [0.25, 0.75]]\0", "column 27: found '\\x00'")
case("json_not_utf8.json", b'{"tokens": ["\xff"], "attention": [[1]]}', "a byte that is not UTF-8")
case("json_control_character.json", b'{"tokens": ["\x01"], "attention": [[1]]}', "a control character")
case("json_lone_surrogate.json", '{"tokens": ["\\ud800"], "attention": [[1]]}', "a wrong escape")
case("json_ragged_row.json", "[[[1, 0], [0, 1]], [[1, 0], [0, 1, 0]]]", "row [1][1]: 3 numbers, expected 2")
case("json_ragged_list.json", '{"attention": [[[1, 0], [0, 1]], [[1, 0]]]}', "attention: list [1]: 1 list, expected 2")
case("json_short_row.json", "[[0.5, 0.5], [1]]", "row [1]: 1 number, expected 2")
case("json_number_among_rows.json", "[[0.5, 0.5], 1]", "[1]: is a number, expected a list")
case("json_list_among_numbers.json", "[[0.5, [0.5]]]", "[0][1]: is a list, expected a number")
case("json_boolean.json", "[[0.5, true]]", "[0][1]: is true, expected a number")
case("json_string.json", '[[0.5, "0.5"]]', "[0][1]: is a string, expected a number")
case("json_null.json", '{"attention": null}', "attention: is null, expected nested lists of numbers")
case("json_null_layers.json", '{"attention": [null, null]}', "attention: [0]: is null, expected a number")
case("json_object_inside.json", '{"attention": [[{"w": 1}]]}', "[0][0]: is an object, expected a number")
case("json_empty_list.json", "[]", "is empty, expected numbers")
case("json_empty_row.json", "[[1], []]", "row [1]: is empty, expected numbers")
case("json_empty_object.json", "{}", "holds no nested lists of numbers")
case("json_only_tokens.json", '{"tokens": ["a", "b"]}', "holds no nested lists of numbers")
case("json_duplicate_key.json", '{"attention": [[1]], "attention": [[1]]}', "the key 'attention' occurs twice")
case("json_nine_dimensions.json", "[" * 9 + "1" + "]" * 9, "lists nested deeper than 8")
case("json_deep_object.json", '{"a":' * 65 + "1" + "}" * 65, "nested deeper than 64")
case("json_deep_brackets.json", "[" * 100000 + "]" * 100000, "nested deeper than 64")
case("json_long_token.json", json.dumps({"tokens": ["x" * 5000], "attention": [[1]]}),
     "a label of 5000 bytes, longer than $max-label 4096", status=5)

# --- edge lists as CSV -------------------------------------------------------------------------

case("csv_no_target.csv", "source,weight\n0,1\n", "the column 'target' is missing")
case("csv_no_source.csv", "target,weight\n0,1\n", "the column 'source' is missing")
case("csv_column_twice.csv", "source,target,weight,weight\n0,1,1,1\n", "the column 'weight' occurs twice")
case("csv_nul.csv", "source,target,weight\n0,1,0.5\n0,\0001,0.5\n", "line 3: a NUL character outside quotes")
case("csv_only_header.csv", "source,target,weight\n", "holds no edge")
case("csv_short_line.csv", "source,target,weight\n0,1,0.5\n0,1\n", "line 3: 2 fields, expected 3 as in the header")
case("csv_long_line.csv", "source,target,weight\n0,1,0.5,7\n", "line 2: 4 fields, expected 3")
case("csv_double_line_ends.csv", "source,target,weight\r\r\n0,1,0.5\r\r\n", "line 2: 1 field, expected 3")
case("graph_gexf.gexf", "<?xml version='1.0'?>\n<gexf version='1.2'><graph/></gexf>\n", "is a graph as GEXF")
case("graph_cytoscape.json", '{"data": [], "directed": true, "elements": {"nodes": [], "edges": []}}', "is a graph as Cytoscape")
case("csv_blank_line.csv", "source,target,weight\n\n0,1,0.5\n", "line 2: 1 field, expected 3")
case("csv_weight_text.csv", "source,target,weight\n0,1,much\n", "weight: 'much', expected a finite number")
case("csv_weight_nan.csv", "source,target,weight\n0,1,nan\n", "weight: 'nan', expected a finite number")
case("csv_weight_infinite.csv", "source,target,weight\n0,1,1e400\n", "weight: '1e400', expected a finite number")
case("csv_weight_comma.csv", 'source,target,weight\n0,1,"0,5"\n', "weight: '0,5', expected a finite number")
case("csv_source_empty.csv", "source,target,weight\n,1,0.5\n", "source: '', expected an index or a label")
case("csv_label_differs.csv", "source,target,source_label,target_label\n0,1,a,b\n1,0,c,a\n",
     "line 3: source_label: the node that was called 'b' is called 'c'")
case("csv_batch.csv", "batch,layer,head,query,key,weight\n0,0,0,0,0,1\n1,0,0,0,0,1\n",
     "line 3: batch: '1' behind rows of '0', expected rows of one")
case("csv_type.csv", "source,target,type\n0,1,Directed\n1,0,both\n", "type: 'both', expected Directed or Undirected")
case("csv_layer_text.csv", "source,target,weight,layer\n0,1,0.5,x\n", "layer: 'x', expected an index")
case("csv_head_negative.csv", "source,target,weight,head\n0,1,0.5,-1\n", "head: '-1', expected an index")
case("csv_quote_inside.csv", 'source,target,weight\na"b,c,1\n', "a quote inside a field")
case("csv_quote_never_ends.csv", 'source,target,weight\n"a,c,1\n', "a quoted field that never ends")
case("csv_text_behind_quote.csv", 'source,target,weight\n"a"b,c,1\n', "text behind the closing quote")
case("csv_label_not_utf8.csv", b"source,target,weight\na\xff,b,1\n", "byte 2 of the label is not UTF-8")
case("csv_label_too_long.csv", "source,target,weight\n" + "x" * 5000 + ",b,1\n",
     "a label of 5000 bytes, longer than $max-label 4096", status=5)

# --- GraphML -----------------------------------------------------------------------------------

EDGE = '    <edge source="a" target="b"><data key="w">0.5</data></edge>\n'
case("graphml_only_comment.graphml", "<!-- nothing -->", "no element, expected <graphml>")
case("graphml_late_declaration.graphml", "<graphml><?xml version='1.0'?></graphml>", "not well-formed XML: ")
case("graphml_doctype_first.graphml", "<!DOCTYPE graphml SYSTEM 'graphml.dtd'>" + graphml(NODES + EDGE), "a document type")
case("graphml_directed_word.graphml", graphml(NODES + EDGE.replace("<edge ", "<edge directed='yes' ")), "directed is 'yes', expected true or false")
case("graphml_cut.graphml", graphml(NODES + EDGE)[:-11], "is not closed")
case("graphml_cut_in_tag.graphml", graphml(NODES + EDGE)[:150], "the text ends inside '<")
case("graphml_doctype.graphml",
     graphml(NODES + EDGE, '<!DOCTYPE graphml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>\n'), "a document type")
case("graphml_external_entity.graphml",
     graphml(NODES + EDGE, '<!DOCTYPE graphml [<!ENTITY x SYSTEM "file:///etc/hostname">]>\n'), "a document type")
case("graphml_unknown_entity.graphml", graphml('    <node id="&nbsp;"/>\n'), "the entity '&nbsp;' is unknown")
case("graphml_entity_nul.graphml", graphml('    <node id="&#0;"/>\n'), "the entity '&#0;' is unknown")
case("graphml_entity_surrogate.graphml", graphml('    <node id="&#xD800;"/>\n'), "the entity '&#xD800;' is unknown")
case("graphml_bare_ampersand.graphml", graphml('    <node id="a & b"/>\n'), "an '&' that begins no entity")
case("graphml_wrong_end_tag.graphml", graphml("    <node id=\"a\"></edge>\n"), "</edge>, expected </node>")
case("graphml_attribute_twice.graphml", graphml('    <node id="a" id="b"/>\n'), "the attribute 'id' occurs twice")
case("graphml_attribute_unquoted.graphml", graphml("    <node id=a/>\n"), "no XML at 'a/>'")
case("graphml_attribute_no_value.graphml", graphml("    <node id/>\n"), "no XML at")
case("graphml_attribute_less_than.graphml", graphml('    <node id="<"/>\n'), "no XML at '<")
case("graphml_two_roots.graphml", graphml(NODES + EDGE) + "<graphml/>", "text or a second element behind the first")
case("graphml_text_outside.graphml", graphml(NODES + EDGE) + "end", "text or a second element behind the first")
case("graphml_encoding.graphml", graphml(NODES + EDGE).replace("UTF-8", "windows-1252"), "an encoding that is not read")
case("graphml_not_utf8.graphml", graphml('    <node id="X"/>\n').encode().replace(b"X", b"\xe4"), "a byte that is not UTF-8")
case("graphml_control_character.graphml", graphml('    <node id="\x07"/>\n'), "a control character, which XML forbids")
case("graphml_other_root.graphml", "<?xml version='1.0'?>\n<svg/>\n", "the element <svg>, expected <graphml>")
case("graphml_no_graph.graphml", "<graphml></graphml>", "holds no <graph>")
case("graphml_no_node.graphml", graphml(""), "holds no node")
case("graphml_two_graphs.graphml", "<graphml><graph edgedefault='directed'><node id='a'/></graph><graph edgedefault='directed'/></graphml>",
     "a second graph, expected one")
case("graphml_nested_graph.graphml", graphml("    <node id='a'><graph edgedefault='directed'/></node>\n"),
     "a graph inside a node")
case("graphml_hyperedge.graphml", graphml(NODES + "    <hyperedge/>\n"), "a hyperedge")
case("graphml_no_direction.graphml", graphml(NODES + EDGE).replace(' edgedefault="directed"', ""), "<graph> has no edgedefault")
case("graphml_unknown_direction.graphml", graphml(NODES + EDGE, edgedefault="both"), "edgedefault is 'both'")
case("graphml_node_without_id.graphml", graphml("    <node/>\n"), "<node> has no id")
case("graphml_node_twice.graphml", graphml(NODES + NODES), "node 'a': is declared twice")
case("graphml_unknown_node.graphml", graphml("    <node id='a'/>\n" + EDGE), "an edge names the node 'b'")
case("graphml_edge_without_target.graphml", graphml(NODES + "    <edge source='a'/>\n"), "<edge> has no target")
case("graphml_weight_text.graphml", graphml(NODES + EDGE.replace("0.5", "much")), "is 'much', expected a finite number")
case("graphml_weight_nan.graphml", graphml(NODES + EDGE.replace("0.5", "NaN")), "is 'NaN', expected a finite number")
case("graphml_weight_twice.graphml", graphml(NODES + EDGE.replace("</edge>", "<data key='w'>1</data></edge>")),
     "the data 'weight' occurs twice")
case("graphml_weight_element.graphml", graphml(NODES + EDGE.replace("0.5", "<b>1</b>")), "the element <b>, expected text")
case("graphml_deep.graphml", graphml("<a>" * 100 + "</a>" * 100), "elements are nested deeper than 64")
case("graphml_long_label.graphml", graphml("    <node id='%s'/>\n" % ("x" * 5000)),
     "a label of 5000 bytes, longer than $max-label 4096", status=5)

# --- JSON graphs ---------------------------------------------------------------------------------

GRAPH = '{"directed": true, "nodes": [{"id": "a"}, {"id": "b"}],\n "links": [%s]}\n'
LINK = '{"source": "a", "target": "b", "weight": 0.5}'
case("graph_cut.json", (GRAPH % LINK)[:-3], "line 2, column 57: the text ends too early")
case("graph_no_links.json", '{"directed": true, "nodes": [{"id": 0}], "adjacency": [[]]}', "holds nodes and no links")
case("graph_no_node.json", '{"nodes": [], "links": []}', "holds no node")
case("graph_links_and_edges.json", '{"nodes": [{"id": 0}], "links": [], "edges": []}', "holds both links and edges")
case("graph_no_target.json", GRAPH % '{"source": "a"}', "links 0: has no target")
case("graph_unknown_node.json", GRAPH % LINK.replace('"b"', '"c"'), "an edge names the node 'c'")
case("graph_node_twice.json", '{"nodes": [{"id": 0}, {"id": 0}], "links": []}', "node '0': is declared twice")
case("graph_list_of_pairs.json", GRAPH % '["a", "b"]', "links 0: a list, expected an object")
case("graph_nodes_of_numbers.json", '{"nodes": [0, 1], "links": []}', "nodes 0: a plain value, expected an object")
case("graph_weight_text.json", GRAPH % LINK.replace("0.5", '"much"'), "links 0: the data 'weight' is 'much', expected a finite number")
case("graph_weight_nan.json", GRAPH % LINK.replace("0.5", "NaN"), "line 2, column 53: 'NaN' cannot stand here in JSON")
case("graph_weight_huge.json", GRAPH % LINK.replace("0.5", "1e400"), "'1e400' cannot stand here in JSON")
case("graph_two_weights.json", GRAPH % LINK.replace("0.5", '1, "Weight": 2'), "two weights, 'weight' and 'Weight'")
case("graph_key_twice.json", GRAPH % LINK.replace("0.5", '1, "weight": 2'), "the key 'weight' occurs twice")
case("graph_deep.json", GRAPH % LINK.replace("0.5", "[" * 100 + "]" * 100), "nested deeper than 64")
case("graph_long_label.json", '{"nodes": [{"id": "%s"}], "links": []}' % ("x" * 5000),
     "a label of 5000 bytes, longer than $max-label 4096", 5)
case("rows_of_another_answer.json", '{"schema":"attngraph/1","results":[\n{"layer":0,"entropy":1}\n]}\n',
     "holds an answer of attngraph without edges")
case("rows_cut.jsonl", '{"source":0,"target":1}\n{"source":1,"tar', "line 2, column 17: the text ends too early")
case("graph_nul_behind.json", GRAPH % LINK + "\0", "line 3, column 1: a NUL character, which JSON forbids")
case("graph_nul.json", (GRAPH % LINK).replace("}]", "\0}]"), "line 1, column 53: '\\x00' cannot stand here in JSON")
case("rows_nul.jsonl", '{"source":0,"target":1}\n{"source":1,"target":0}\0\n', "line 2, column 24: a NUL character, which JSON forbids")
case("rows_weight_text.jsonl", '{"source":0,"target":1,"weight":"x"}\n', "row 0: weight: 'x', expected a finite number")

# --- pickle ------------------------------------------------------------------------------------


def pickled(body, protocol=2):
    return b"\x80" + bytes([protocol]) + body + b"."


def words(text):
    text = text.encode("utf-8") if isinstance(text, str) else text
    return b"X" + struct.pack("<I", len(text)) + text


def whole(number):
    size = 8 if -2**63 <= number < 2**63 else 16
    return b"\x8a%c" % size + number.to_bytes(size, "little", signed=True)


def tuple_of(*items):
    return b"(" + b"".join(items) + b"t"


def numbers(*values):
    return tuple_of(*map(whole, values))


def name(module, function):
    return b"c%s\n%s\n" % (module.encode(), function.encode())


def storage_id(storage="FloatStorage", key="0", numel=4, kind="storage", view=b""):
    return tuple_of(words(kind), name("torch", storage), words(key), words("cpu"), whole(numel), view)


def tensor_of(shape=(2, 2), stride=(2, 1), offset=0, storage=None, function="_rebuild_tensor_v2",
              rest=b"\x89}"):
    storage = storage_id() if storage is None else storage
    return name("torch._utils", function) + tuple_of(
        storage + b"Q", whole(offset), numbers(*shape), numbers(*stride), rest) + b"R"


def ndarray(shape=(2, 2), dtype="f4", order="<", data=None, fields=b"N", fortran=b"\x89", core="core",
            maker=("numpy", "dtype")):
    data = b"C\x10" + MATRIX if data is None else data
    dtype = words(dtype) if isinstance(dtype, str) else name(*dtype)
    kind = name(*maker) + tuple_of(dtype, b"\x89", b"\x88") + b"R" + tuple_of(
        b"K\x03", words(order), b"N", fields, b"N", b"K\x00", b"K\x00", b"K\x00") + b"b"
    return name("numpy.%s.multiarray" % core, "_reconstruct") + tuple_of(
        name("numpy", "ndarray"), numbers(0), b"C\x01b") + b"R" + tuple_of(
        b"K\x01", numbers(*shape), kind, fortran, data) + b"b"


case("pickle_cut_frame.pkl", b"\x80\x04\x95\x10\x00\x00\x00", "byte 2: the pickle ends here: 8 bytes expected, 4 bytes left")
case("pickle_cut_inside_frame.pkl", b"\x80\x04\x95\x10\0\0\0\0\0\0\0N.", "byte 2: the pickle ends here: 16 bytes expected, 2 bytes left")
case("pickle_cut_in_text.pkl", b"\x80\x02X\x10\0\0\0abc", "byte 2: the pickle ends here: 16 bytes expected, 3 bytes left")
case("pickle_cut_before_stop.pkl", b"\x80\x02N", "byte 3: the pickle ends here: 1 byte expected, 0 bytes left")
case("pickle_bytes_beyond_memory.pkl", b"\x80\x04\x8e" + b"\xff" * 8 + b".", "18446744073709551615 bytes expected, 1 byte left")
case("pickle_text_beyond_memory.pkl", b"\x80\x04\x8d" + b"\xff" * 8 + b".", "18446744073709551615 bytes expected, 1 byte left")
case("pickle_long_of_2_gigabytes.pkl", pickled(b"\x8b\xff\xff\xff\x7f" + bytes(9)), "byte 2: the pickle ends here: 2147483647 bytes expected, 10 bytes left")
case("pickle_long_of_9_bytes.pkl", pickled(b"\x8a\x09" + b"\1" * 9), "the pickle holds no tensor and no array of numbers")
case("pickle_protocol_9.pkl", pickled(b"\x80\x09N"), "byte 2: pickle protocol 9, expected 2 to 5")
case("pickle_protocol_0.pkl", b"(lp0\nF0.5\na.", "is a pickle of protocol 0 or 1, expected 2 to 5")
case("pickle_protocol_0_tuple.pkl", b"(cnumpy._core.multiarray\n_reconstruct\np0\n.", "is a pickle of protocol 0 or 1, expected 2 to 5")
case("pickle_protocol_0_numbers.pkl", b"((F0.5\nF0.5\ntt.", "is a pickle of protocol 0 or 1, expected 2 to 5")
case("pickle_protocol_0_python_2.pkl", b"(dp1\nS'attn'\np2\n(lp3\nF0.5\nas.", "is a pickle of protocol 0 or 1, expected 2 to 5")
case("pickle_protocol_0_array.pkl", b"cnumpy.core.multiarray\n_reconstruct\np0\n.", "is a pickle of protocol 0 or 1, expected 2 to 5")
case("pickle_opcode_of_protocol_0.pkl", pickled(b"I1\n"), "byte 2: the opcode 'I' is of pickle protocol 0 or 1, expected 2 to 5")
case("pickle_opcode_unknown.pkl", pickled(b"N\xfe"), "byte 3: the opcode 0xfe is unknown to the pickle protocols 2 to 5")
case("pickle_extension.pkl", pickled(b"\x82\x01"), "byte 2: the pickle names a class by its number in Python's copyreg")
case("pickle_buffers_outside.pkl", pickled(b"\x97", 5), "byte 2: the pickle keeps its arrays in buffers outside the file")
case("pickle_joblib.pkl", pickled(name("joblib.numpy_pickle", "NumpyArrayWrapper") + b")\x81}b\x00", 4),
     "the pickle is one of joblib, with arrays between its opcodes")
case("pickle_underflow.pkl", pickled(b"a"), "byte 2: a value is missing before")
case("pickle_below_mark.pkl", pickled(b"]N(a"), "byte 5: a value is missing before")
case("pickle_mark_missing.pkl", pickled(b"Nt"), "byte 3: a mark is missing before")
case("pickle_mark_left.pkl", pickled(b"(N"), "byte 4: STOP with 1 value on the stack and 1 mark, expected 1 value and no mark")
case("pickle_two_values.pkl", pickled(b"NN"), "byte 4: STOP with 2 values on the stack and 0 marks")
case("pickle_append_to_text.pkl", pickled(words("a") + b"Na"), "an append to what is no list")
case("pickle_append_to_tuple.pkl", pickled(b")Na"), "byte 4: an append to what is no list")
case("pickle_appends_to_dict.pkl", pickled(b"}(NNe"), "byte 6: an append to what is no list")
case("pickle_items_to_list.pkl", pickled(b"](NNu"), "byte 6: items for what is no dict")
case("pickle_item_to_list.pkl", pickled(b"]NNs"), "byte 5: an item for what is no dict")
case("pickle_items_odd.pkl", pickled(b"}(NNNu"), "byte 7: a key without a value among the items of a dict")
case("pickle_items_to_no_set.pkl", pickled(b"](N\x90", 4), "byte 5: items for what is no set")
case("pickle_state_of_list.pkl", pickled(b"]Nb"), "byte 4: a state for what is no object")
case("pickle_two_states.pkl", pickled(name("a", "B") + b")\x81NbNb"), "byte 12: a second state for one object")
case("pickle_named_arguments.pkl", pickled(name("a", "B") + b")N\x92", 4), "byte 9: the named arguments are no dict")
case("pickle_name_of_numbers.pkl", pickled(b"K\x01K\x02\x93", 4), "byte 6: the name of a class or function is no text of at most 4096 bytes")
case("pickle_name_endless.pkl", pickled(b"c" + b"a" * 5000), "byte 2: a name does not end within 4096 bytes")
case("pickle_memo_missing.pkl", pickled(b"h\x05"), "byte 2: the memo has no value 5")
case("pickle_memo_far.pkl", pickled(b"Nr\xff\xff\xff\xff"), "byte 3: the memo's index 4294967295 is out of order")
case("pickle_memo_empty.pkl", pickled(b"q\0"), "byte 2: a value is missing before")
case("pickle_marks_deep.pkl", pickled(b"(" * 100), "byte 66: marks are nested deeper than 64")
case("pickle_lists_deep.pkl", pickled(b"]" * 100 + b"a" * 99), "byte 66: containers are nested deeper than 64")
case("pickle_arguments_deep.pkl", pickled(name("a", "B") * 100 + b")" + b"\x85R" * 100), "containers are nested deeper than 64")
case("pickle_bomb.pkl", pickled(b"]q\0" + b"".join(b"]q%c(h%ch%ce" % (i, i - 1, i - 1) + b"0" for i in range(1, 250)) + b"0h\xf9"),
     "containers are nested deeper than 64")
case("pickle_wide_bomb.pkl", pickled(b")q\0" + b"".join(b"((" + b"h%c" % (i - 1) * 9 + b"ttq%c0" % i for i in range(1, 30)) + b"0h\x1d"),
     "holds no tensor and no array of numbers")
case("pickle_holds_itself.pkl", pickled(b"]q\0h\0a"), "holds no tensor and no array of numbers")
case("pickle_trailing_bytes.pkl", pickled(b"N") + b"\0\0", "byte 4: 2 bytes behind the end of the pickle, expected none")
case("pickle_two_pickles.pkl", pickled(b"N") * 2, "byte 4: 4 bytes behind the end of the pickle")
case("pickle_none.pkl", pickled(b"N"), "holds None in place of arrays")
case("pickle_layers_of_none.pkl", pickled(b"}" + words("attentions") + b"(NNts"), "attentions: holds None in place of arrays")
case("pickle_text.pkl", pickled(words("attention")), "the pickle holds no tensor and no array of numbers")
case("pickle_code.pkl", pickled(name("posix", "system") + words("touch executed") + b"\x85R"),
     "it names posix.system, which was not run")
case("pickle_same_name.pkl", pickled(b"}(" + words("a.b") + ndarray() + words("a") + b"}" + words("b") + ndarray() + b"su"),
     "a.b: two arrays have this name, expected one")
case("pickle_ragged_lists.pkl", pickled(b"](](" + 2 * (b"G" + struct.pack(">d", 0.5)) + b"e](G" + struct.pack(">d", 1) + b"ee"),
     "holds lists of numbers that are not all as long as the first")
case("pickle_lists_bomb.pkl", pickled(b"](" + (b"G" + bytes(8)) * 100 + b"eq\0" + b"".join(
    b"0](" + b"h%c" % (i - 1) * 100 + b"eq%c" % i for i in range(1, 5))), "make more than 32000000 numbers", 5)
case("pickle_label_not_utf8.pkl", pickled(b"}" + words("tokens") + b"]" + words(b"\xff") + b"as"),
     "byte 15: a text is not UTF-8")
case("pickle_label_too_long.pkl", pickled(b"}" + words("tokens") + b"]" + words("x" * 5000) + b"as"),
     "tokens: [0]: a label of 5000 bytes, longer than $max-label 4096", 5)

case("pickle_array_no_state.pkl", pickled(name("numpy.core.multiarray", "_reconstruct") + b")R"),
     "is an array of NumPy whose state is not (version, shape, type, order, data)")
case("pickle_array_no_type.pkl", pickled(name("numpy._core.multiarray", "_reconstruct") + b")R" + tuple_of(
    b"K\1", numbers(2), b"N", b"\x89", b"C\x01b") + b"b"), "is an array of NumPy whose type is no numpy.dtype")
case("pickle_array_type_without_order.pkl", pickled(name("numpy._core.numeric", "_frombuffer") + tuple_of(
    b"C\x10" + MATRIX, name("numpy", "dtype") + words("f4") + b"\x85R", numbers(4), words("C")) + b"R", 5), "whose type says no byte order")
case("pickle_array_order.pkl", pickled(name("numpy._core.numeric", "_frombuffer") + tuple_of(
    b"C\x10" + MATRIX, b"N", numbers(4), words("Z")) + b"R", 5), "is an array of NumPy that says no order C or F")
case("pickle_array_shape.pkl", pickled(ndarray(shape=(-2, -2))), "whose shape is no tuple of whole numbers")
case("pickle_array_shape_of_70_bits.pkl", pickled(ndarray(shape=(2**70, 2))), "whose shape is no tuple of whole numbers")
case("pickle_array_too_large.pkl", pickled(ndarray(shape=(2**33, 2**33))), "is larger than any memory")
case("pickle_array_short.pkl", pickled(ndarray(shape=(2, 3))), "data: 16 bytes, expected 24 for float32 [2, 3]")
case("pickle_array_long.pkl", pickled(ndarray(shape=(3,))), "data: 16 bytes, expected 12 for float32 [3]")
case("pickle_array_no_data.pkl", pickled(ndarray(data=b"N")), "is an array of NumPy whose data are no bytes")
case("pickle_array_not_latin.pkl", pickled(ndarray(data=name("_codecs", "encode") + tuple_of(words("\u0120" * 16), words("latin1")) + b"R")),
     "its bytes are written as text that is not Latin-1")
case("pickle_array_records.pkl", pickled(ndarray(dtype="V16", order="|", fields=tuple_of(words("a")))), "holds records, expected numbers")
case("pickle_array_record_class.pkl", pickled(ndarray(dtype=("numpy", "record"), order="|", fields=tuple_of(words("a")))), "holds records, expected numbers")
case("pickle_array_float8.pkl", pickled(ndarray(dtype=("ml_dtypes", "float8_e4m3fn"))), "holds 'ml_dtypes.float8_e4m3fn', a type that is not read")
case("pickle_array_type_of_a_class.pkl", pickled(ndarray(maker=("quaternions", "Type"))), "holds 'quaternions.Type', a type that is not read")
case("pickle_array_complex.pkl", pickled(ndarray(shape=(2,), dtype="c8")), "the array holds complex numbers")
case("pickle_array_masked.pkl", pickled(name("numpy.ma.core", "_mareconstruct") + b")R"), "is a masked array of NumPy, expected a plain one")
case("pickle_array_empty.pkl", pickled(ndarray(shape=(0, 2), data=b"C\0")), "is empty: shape [0, 2]")
case("pickle_array_nine_dimensions.pkl", pickled(ndarray(shape=(1,) * 8 + (4,))), "9 dimensions, expected at most 8")
case("pickle_array_objects_fortran.pkl", pickled(ndarray(shape=(1, 1), dtype="O8", order="|", data=b"](Ne", fortran=b"\x88")), "is an array of objects in Fortran order, expected C")
case("pickle_array_objects.pkl", pickled(ndarray(shape=(3,), dtype="O8", order="|", data=b"](NNe")),
     "is an array of NumPy of objects that does not hold as many as its shape [3]")
case("pickle_array_axes.pkl", pickled(name("numpy._core.numeric", "_frombuffer") + tuple_of(
    b"C\x10" + MATRIX, name("numpy", "dtype") + words("f4") + b"\x85R" + tuple_of(b"K\3", words("<"), b"N", b"N", b"N") + b"b",
    numbers(2, 2), words("K"), numbers(1, 1)) + b"R", 5), "is an array of NumPy whose order of axes is none")
case("pickle_storage_outside.pkl", pickled(tensor_of()), "its storage '0' lies outside the pickle")
case("pickle_storage_no_bytes.pkl", pickled(tensor_of(storage=name("torch.storage", "_load_from_bytes") + b"N\x85R0" + b"N")),
     "its storage is named by no ('storage', type, key, location, size)")


def plain_tensor(storage, **more):
    return tensor_of(storage=storage, **more).replace(storage + b"Q", storage)


case("pickle_storage_of_none.pkl", pickled(plain_tensor(b"N")), "its storage is named by no persistent id")
case("pickle_storage_not_bytes.pkl", pickled(plain_tensor(name("torch.storage", "_load_from_bytes") + b"N\x85R")), "its storage is no bytes")
case("pickle_storage_not_torch.pkl", pickled(plain_tensor(name("torch.storage", "_load_from_bytes") + b"C\x01a\x85R")), "its storage is no PyTorch file")
case("npy_objects_trailing.npy", shaped("(1,)", pickled(b"N") + b"N", "'|O'"), "1 byte behind the end of the pickle")
case("npz_objects_only_text.npz", archive(Member("a.npy", shaped("(1,)", pickled(words("b")), "'|O'"))),
     "a.npy: the pickle holds no tensor and no array of numbers")
case("npz_objects_tensor.npz", archive(Member("a.npy", shaped("(1,)", pickled(tensor_of()), "'|O'"))), "lies outside the pickle")
case("npz_objects_same_name.npz", archive(Member("a.npy", shaped("(1,)", pickled(b"]" + ndarray() + b"a"), "'|O'")), Member("a.0.npy")),
     "the array 'a.0' occurs twice")

# --- PyTorch -----------------------------------------------------------------------------------


def torch_file(pickle, storages=None, byteorder=b"little", more=()):
    storages = {"0": MATRIX} if storages is None else storages
    members = [Member("archive/data.pkl", pickle), Member("archive/byteorder", byteorder)]
    members += [m if isinstance(m, Member) else Member("archive/data/" + key, m) for key, m in storages.items()]
    return archive(*members, *more)


def torch_case(title, problem, status=3, **tensor):
    case("torch_%s.pt" % title, torch_file(pickled(tensor_of(**tensor))), problem, status)


case("torch_pickle_cut.pt", torch_file(pickled(tensor_of())[:-30]), "archive/data.pkl: byte")
case("torch_pickle_trailing.pt", torch_file(pickled(tensor_of()) + b"N"), "archive/data.pkl: byte")
case("torch_pickle_deflated.pt", archive(Member("archive/data.pkl", pickled(b"N"), method=8)), "archive/data.pkl: is deflated, expected a stored member")
case("torch_storage_deflated.pt", torch_file(pickled(tensor_of()), {"0": Member("archive/data/0", MATRIX, method=8)}),
     "archive/data/0: is deflated, expected a stored member")
case("torch_storage_crc.pt", torch_file(pickled(tensor_of()), {"0": Member("archive/data/0", MATRIX, crc=5)}),
     "archive/data/0: has another checksum (CRC-32)")
case("torch_storage_short.pt", torch_file(pickled(tensor_of()), {"0": MATRIX[:12]}), "archive/data/0: 12 bytes, expected 16 of this storage")
case("torch_storage_long.pt", torch_file(pickled(tensor_of()), {"0": MATRIX * 2}), "archive/data/0: 32 bytes, expected 16 of this storage")
case("torch_storage_missing.pt", torch_file(pickled(tensor_of()), {}), "its storage 'archive/data/0' is missing")
case("torch_storage_elsewhere.pt", torch_file(pickled(tensor_of()), {}, more=[Member("other/data/0", MATRIX)]), "its storage 'archive/data/0' is missing")
case("torch_two_pickles.pt", torch_file(pickled(tensor_of()), more=[Member("b/data.pkl", pickled(b"N"))]), "holds more than one data.pkl, expected one")
case("torch_script.pt", torch_file(pickled(tensor_of()), more=[Member("archive/constants.pkl", pickled(b")"))]),
     "is a TorchScript program (constants.pkl), expected tensors")
case("torch_byteorder.pt", torch_file(pickled(tensor_of()), byteorder=b"middle"), "archive/byteorder: is 'middle', expected 'little' or 'big'")
case("torch_encrypted.pt", torch_file(pickled(tensor_of()), {"0": Member("archive/data/0", MATRIX, flags=1)}), "is encrypted")
case("torch_members_overlap.pt", torch_file(pickled(tensor_of()), {"0": MATRIX}, more=[Member("archive/data/1", MATRIX, offset=0)]),
     "the local header says otherwise than the central directory")
case("torch_directory_cut.pt", torch_file(pickled(tensor_of()))[:-1], "the end of the ZIP archive is missing")
case("torch_empty.pt", torch_file(pickled(b"}")), "the pickle holds no tensor and no array of numbers")
torch_case("offset_negative", "its offset, sizes and strides are no whole numbers from 0 on", offset=-1)
torch_case("offset_of_70_bits", "its offset, sizes and strides are no whole numbers from 0 on", offset=2**70)
torch_case("size_of_70_bits", "its offset, sizes and strides are no whole numbers from 0 on", shape=(2**70, 2))
torch_case("stride_of_70_bits", "its offset, sizes and strides are no whole numbers from 0 on", stride=(2**70, 1))
torch_case("size_negative", "its offset, sizes and strides are no whole numbers from 0 on", shape=(-2, 2))
torch_case("stride_negative", "its offset, sizes and strides are no whole numbers from 0 on", stride=(-2, 1))
torch_case("strides_too_few", "its offset, sizes and strides are no whole numbers from 0 on", stride=(1,))
torch_case("offset_beyond", "shape [2, 2] with strides [2, 1] from number 1 leaves its storage of 4 numbers", offset=1)
torch_case("offset_overflow", "from number 9223372036854775807 leaves its storage", offset=2**63 - 1)
torch_case("size_beyond", "shape [2, 3] with strides [2, 1] from number 0 leaves its storage of 4 numbers", shape=(2, 3))
torch_case("size_overflow", "is larger than any memory", shape=(2**62, 2**62))
torch_case("stride_beyond", "shape [2, 2] with strides [3, 1] from number 0 leaves its storage of 4 numbers", stride=(3, 1))
torch_case("stride_overflow", "leaves its storage of 4 numbers", shape=(3, 1), stride=(2**63 - 1, 1))
torch_case("reach_overflow", "leaves its storage of 4 numbers", shape=(2, 2, 2), stride=(2**63 - 1, 2**63 - 1, 2**63 - 1))
torch_case("expanded_too_far", "is larger than any memory", shape=(2**62, 4), stride=(0, 1))
torch_case("nine_dimensions", "9 dimensions, expected at most 8", shape=(1,) * 9, stride=(1,) * 9)
torch_case("empty_tensor", "is empty: shape [0, 2]", shape=(0, 2))
torch_case("sparse", "is a sparse tensor, expected a dense one", function="_rebuild_sparse_tensor")
torch_case("quantized", "is a quantized tensor, expected numbers", function="_rebuild_qtensor")
torch_case("nested", "is a nested tensor, expected one shape", function="_rebuild_nested_tensor")
torch_case("meta", "is a meta tensor, which has no numbers", function="_rebuild_meta_tensor_no_storage")
torch_case("wrapper", "is made by 'torch._utils._rebuild_wrapper_subclass', which is not read", function="_rebuild_wrapper_subclass")
for wrapper in ("DTensor", "MaskedTensor", "Fp8Tensor"):
    case("torch_wrapper_%s.pt" % wrapper.lower(), torch_file(pickled(name("torch._utils", "_rebuild_wrapper_subclass") + tuple_of(
        name("torch.any", wrapper)) + b"R")), "is a 'torch.any.%s', expected a plain tensor" % wrapper)
torch_case("negative", "is a view with its conjugate or negative bit set", rest=b"\x89}}" + words("neg") + b"\x88s")
torch_case("conjugate", "is a view with its conjugate or negative bit set", rest=b"\x89}}" + words("conj") + b"\x88s")
torch_case("complex", "lies in a storage 'ComplexFloatStorage', expected real numbers", storage=storage_id("ComplexFloatStorage"))
torch_case("quantized_storage", "lies in a storage 'QInt8Storage', expected real numbers", storage=storage_id("QInt8Storage"))
torch_case("key_of_path", "the key of its storage is no plain decimal number", storage=storage_id(key="../0"))
torch_case("key_empty", "the key of its storage is no plain decimal number", storage=storage_id(key=""))
torch_case("key_hex", "the key of its storage is no plain decimal number", storage=storage_id(key="0x0"))
torch_case("key_leading_zero", "the key of its storage is no plain decimal number", storage=storage_id(key="00"))
torch_case("key_of_number", "the key of its storage is no plain decimal number",
           storage=tuple_of(words("storage"), name("torch", "FloatStorage"), b"K\0", words("cpu"), whole(4)))
torch_case("storage_size_negative", "the size of its storage is no whole number from 0 on", storage=storage_id(numel=-1))
torch_case("storage_size_of_70_bits", "the size of its storage is no whole number from 0 on", storage=storage_id(numel=2**70))
torch_case("storage_size_overflow", "the size of its storage is no whole number from 0 on", storage=storage_id("DoubleStorage", numel=2**62))
torch_case("storage_of_module", "its storage is named by no ('storage', type, key, location, size)", storage=storage_id(kind="module"))
torch_case("storage_view", "its storage is a view of another", storage=storage_id(view=numbers(1, 2)))
torch_case("storage_without_type", "neither the tensor nor its storage says a number type", storage=storage_id("UntypedStorage", numel=16))
torch_case("float4", "holds 'float4_e2m1fn_x2', a number type that is not read", function="_rebuild_tensor_v3",
           storage=storage_id("UntypedStorage", numel=16), rest=b"\x89}" + name("torch", "float4_e2m1fn_x2"))
torch_case("complex32", "holds 'complex32', a number type that is not read", function="_rebuild_tensor_v3",
           storage=storage_id("UntypedStorage", numel=16), rest=b"\x89}" + name("torch", "complex32"))
torch_case("float8", "holds 'float8_e4m3fn', a number type that is not read", function="_rebuild_tensor_v3",
           storage=storage_id("UntypedStorage", numel=16), rest=b"\x89}" + name("torch", "float8_e4m3fn"))
case("torch_no_arguments.pt", torch_file(pickled(name("torch._utils", "_rebuild_tensor_v2") + b"NR")), "a tensor without arguments")
case("torch_few_arguments.pt", torch_file(pickled(name("torch._utils", "_rebuild_tensor_v2") + b"NN\x86R")), "a tensor with too few arguments")
case("torch_parameter_empty.pt", torch_file(pickled(name("torch._utils", "_rebuild_parameter") + b"N\x85R")), "a parameter without a tensor")
case("torch_typed_empty.pt", torch_file(pickled(name("torch._tensor", "_rebuild_from_type_v2") + b"N\x85R")), "a typed tensor without arguments")
case("torch_parameters_deep.pt", torch_file(pickled(name("torch._utils", "_rebuild_parameter") * 100 + tensor_of() + b"\x85R" * 100)),
     "parameters are nested deeper than 64")

MAGIC = pickled(b"\x8a\x0a" + bytes.fromhex("6cfc9c46f9206aa85019"))


def legacy(body=None, keys=b"]" + words("0") + b"a", data=struct.pack("<Q", 4) + MATRIX, protocol=b"M\xe9\x03"):
    body = tensor_of(storage=storage_id(view=b"N")) if body is None else body
    machine = b"}" + words("little_endian") + b"\x88s"
    return MAGIC + b"".join(map(pickled, (protocol, machine, body, keys))) + data


case("torch_legacy_protocol.pt", legacy(protocol=b"M\xea\x03"), "is a PyTorch file of another protocol than 1001")
case("torch_legacy_pickle_protocol_0.pt", b"L119547037146038801333356L\n.I1001\n.", "is a PyTorch file of pickle protocol 0 or 1")
case("torch_legacy_cut.pt", legacy()[:-1], "storage 0: 16 bytes expected, 15 bytes left")
case("torch_legacy_cut_count.pt", legacy()[:-20], "storage 0: 8 bytes expected, 4 bytes left")
case("torch_legacy_cut_in_pickle.pt", legacy()[:60], "the pickle ends here")
case("torch_legacy_only_magic.pt", MAGIC, "the pickle ends here")
case("torch_legacy_trailing.pt", legacy() + b"\0", "1 byte behind the last storage, expected none")
case("torch_legacy_count.pt", legacy(data=struct.pack("<Q", 2**61) + MATRIX), "storage 0: holds 2305843009213693952 numbers, expected 4")
case("torch_legacy_no_key.pt", legacy(keys=b"]", data=b""), "its storage '0' is missing")
case("torch_legacy_other_key.pt", legacy(keys=b"]" + words("1") + b"a"), "the list of keys names a storage that no tensor has, or one twice")
case("torch_legacy_key_twice.pt", legacy(keys=b"](" + words("0") * 2 + b"e"), "the list of keys names a storage that no tensor has, or one twice")
case("torch_legacy_no_list.pt", legacy(keys=b"N"), "the keys of the storages are no list")
case("torch_legacy_unknown_storage.pt", legacy(tensor_of(storage=storage_id("OddStorage"))), "lies in a storage 'OddStorage', expected real numbers")
case("torch_legacy_module_without_class.pt", legacy(tuple_of(words("module"), words("a"), words("b"), words("c")) + b"Q"),
     "its storage is named by no ('storage', type, key, location, size)")
case("torch_legacy_storage_of_module.pt", legacy(tensor_of(storage=tuple_of(words("module"), name("torch", "FloatStorage"))), b"]", b""),
     "its storage is named by no ('storage', type, key, location, size)")
case("torch_legacy_two_sizes.pt", legacy(tensor_of(storage=storage_id()) + tensor_of(storage=storage_id(numel=5)) + b"\x86"),
     "the storage '0' has two sizes or types")
case("pickle_storage_of_object.pkl", pickled(plain_tensor(name("torch.storage", "_load_from_bytes") + b"B" + struct.pack(
    "<I", len(legacy(b"N", b"]", b""))) + legacy(b"N", b"]", b"") + b"\x85R")), "its storage is a file that holds something else")
tar = b"sys_info".ljust(257, b"\0") + b"ustar\x0000" + bytes(512)
case("torch_tar.pt", tar, "is a tar archive")

# --- labels ------------------------------------------------------------------------------------

case("labels_empty.txt", b"", "is empty, expected labels")
case("labels_utf16_no_mark.txt", "one\ntwo\n".encode("utf-16-le"), "is UTF-16 text without its mark")
case("labels_not_utf8.txt", b"one\ntwo\n\xc3\x28\n", "line 3: byte 1 of the label is not UTF-8")
case("labels_overlong.txt", b"one\n\xc0\xaf\n", "line 2: byte 1 of the label is not UTF-8")
case("labels_nul.txt", b"one\ntw\0o\n", "line 2: a NUL character, expected text")
case("labels_nul.csv", b"token,label\n0,one\n1,tw\0o\n", "line 3: a NUL character outside quotes")
case("labels_nul.jsonl", b'"one"\n"two"\0\n', "line 2: a NUL character, expected text")
case("labels_too_long.txt", "one\n" + "x" * 5000 + "\n", "line 2: a label of 5000 bytes, longer than $max-label 4096", 5)
case("labels_cut.json", '["one", "tw', "the text ends too early")
case("labels_number.json", '["one", 2]', "[1]: is a number, expected a string")
case("labels_nested.json", '["one", ["two"]]', "[1]: is a list, expected a string")
case("labels_batch.json", '[["one"], ["two"]]', "holds 2 lists of labels, one for each item of a batch")
case("labels_object.json", '{"one": 0, "two": 1}', "is an object without 'tokens', expected a list of strings")
case("labels_python.txt", "['one', 'two']\n", "is a printed Python list")
case("labels_sentence.txt", "one two three\n", "one line of 3 words, expected one label a line")
case("labels_archive.npz", archive(Member("a.npy")), "holds no labels called 'tokens'")
case("labels_floats.npy", npy(), "float32 [2, 2], expected labels")
case("labels_not_unicode.npy", shaped("(1,)", struct.pack("<I", 0x110000), "'<U1'"), "has a character that is not Unicode")
case("labels_no_size.npy", shaped("(1,)", b"", "'<U0'"), "the type '<U0' is unknown")
case("labels_too_many.npy", shaped("(4611686018427387904,)", b"", "'<U4'"), "the shape is larger than any memory")
case("labels_no_items.npy", shaped("(0, 3)", b"", "'<U4'"), "shape [0, 3], expected [item, token]")
case("labels_no_array.npz", archive(Member("tokens.npy", b"tokens")), "is not an NPY array")
case("labels_number.pkl", pickled(b"K\x01"), "holds no list of strings, expected labels")
case("labels_protocol_0.pkl", pickle.dumps(["a", "b", "c"], 0), "is a pickle of protocol 0 or 1, expected 2 to 5")
case("labels_protocol_1.pkl", pickle.dumps({"tokens": ["a", "b", "c"]}, 1), "is a pickle of protocol 0 or 1, expected 2 to 5")
case("labels_pointer.txt", "version https://git-lfs.github.com/spec/v1\noid sha256:12\nsize 3\n", "is a Git LFS pointer, not the file itself")
case("labels_two_lists.json", '["one"] ["two"]', "found '['")


def main():
    directory = pathlib.Path(sys.argv[1])
    directory.mkdir(parents=True, exist_ok=True)
    names = [name for name, *_ in cases]
    assert len(set(names)) == len(names), "two cases of one name"
    lines = []
    for name, data, status, problem in cases:
        (directory / name).write_bytes(data)
        lines.append("%s\t%d\t%s\n" % (name, status, problem))
    (directory / "expected.txt").write_text("".join(lines), encoding="utf-8")


main()

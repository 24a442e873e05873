"""Makes small PDFs by hand: pages of text and boxes, whole ones and hostile ones."""

from __future__ import annotations

import zlib

FONTS = {"times": "Times-Roman", "bold": "Helvetica-Bold", "sans": "Helvetica"}
WIDTH, HEIGHT = 612, 792


def text(x: float, y: float, words: str, size: float = 10, font: str = "times") -> str:
    """Return what draws a line."""
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /{font} {size} Tf {x} {y} Td ({escaped}) Tj ET\n"


def box(x: float, y: float, width: float, height: float, grey: float = 0.6) -> str:
    """Return what draws a filled rectangle."""
    return f"{grey} g {x} {y} {width} {height} re f 0 g\n"


def paragraph(
    x: float, y: float, words: str, measure: int = 44, leading: float = 12, size: float = 10
) -> str:
    """Return what draws a paragraph, cut into lines of about so many characters and ragged."""
    lines, line = [], ""
    for word in words.split():
        if len(line) + len(word) >= measure:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    lines.append(line)
    return "".join(text(x, y - n * leading, one, size) for n, one in enumerate(lines))


def pdf(*pages: str, extra: str = "", trailer: str = "", stream: bytes = b"", filters: str = "") -> bytes:
    """Return a PDF of some pages.

    Args:
        pages: what draws each.
        extra: entries of the resources, beside the fonts.
        trailer: entries of the trailer.
        stream: the content of a last page, encoded already.
        filters: how that is encoded.
    """
    fonts = "".join(
        f"/{name} << /Type /Font /Subtype /Type1 /BaseFont /{base} /Encoding /WinAnsiEncoding >> "
        for name, base in FONTS.items()
    )
    contents = [page.encode("cp1252") for page in pages]
    dictionaries = [f"<< /Length {len(content)} >>" for content in contents]
    if stream:
        contents.append(stream)
        dictionaries.append(f"<< /Length {len(stream)} /Filter {filters} >>")
    count = len(contents)
    kids = " ".join(f"{3 + n} 0 R" for n in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
    ]
    objects += [
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {3 + count + n} 0 R "
        f"/Resources << /Font << {fonts} >> {extra} >> >>".encode()
        for n in range(count)
    ]
    objects += [
        head.encode() + b"\nstream\n" + content + b"\nendstream"
        for head, content in zip(dictionaries, contents, strict=True)
    ]
    return assembled(objects, trailer)


def assembled(objects: list[bytes], trailer: str = "") -> bytes:
    """Return a file of numbered objects, the first of them the catalog."""
    body = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(body)
    body += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    body += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    body += (
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    )
    return bytes(body)


def encrypted() -> bytes:
    """Return a PDF that wants a password, which nobody has."""
    owner, user = "00" * 32, "11" * 32
    handler = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{owner}> /U <{user}> /P -4 >>"
    return pdf(text(72, 700, "Nobody reads this."), trailer=f"{handler} /ID [<{'22' * 16}> <{'22' * 16}>]")


def memory_bomb(megabytes: int) -> bytes:
    """Return a small PDF whose page takes that much memory."""
    squeezer = zlib.compressobj(9)
    block = b"0 0 m " * (1024 * 1024 // 6)
    first = squeezer.compress(block) + squeezer.flush(zlib.Z_FULL_FLUSH)
    more = squeezer.compress(block) + squeezer.flush(zlib.Z_FULL_FLUSH)
    return pdf(stream=first + more * (megabytes - 1) + squeezer.flush(), filters="/FlateDecode")


def time_bomb(levels: int = 30) -> bytes:
    """Return a small PDF that draws a drawing that draws another twice, and so on."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents 4 0 R "
        "/Resources << /XObject << /x 5 0 R >> >> >>".encode(),
        b"<< /Length 5 >>\nstream\n/x Do\nendstream",
    ]
    for level in range(levels):
        below = f"/Resources << /XObject << /x {6 + level} 0 R >> >>" if level + 1 < levels else ""
        drawing = b"/x Do " * 4 if below else b"0 0 9 9 re f"
        head = f"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] {below} /Length {len(drawing)} >>"
        objects.append(head.encode() + b"\nstream\n" + drawing + b"\nendstream")
    return assembled(objects)

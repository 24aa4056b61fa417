#!/usr/bin/env python3
"""Makes the pictures here and expected.h, what Pillow makes of them at 8 x 8 (needs python3-pil).

    tests/images/make.py        rewrites the files beside it

Scaling and cropping are torchvision's Resize(8) and CenterCrop(8), written out; alpha over white.
"""
import pathlib
import struct
import zlib

from PIL import Image, ImageOps

HERE = pathlib.Path(__file__).parent
SIZE = 8


def drawn(width, height):
    """Colours that differ in every place and channel, so that no exchange of them goes unseen."""
    image = Image.new("RGB", (width, height))
    image.putdata([((x * 37 + y * 5) % 256, y * 255 // height, (x * x + 11 * y) % 256)
                   for y in range(height) for x in range(width)])
    return image


def eight_bits(image):
    """What Pillow keeps of 16 bits of grey in other modes; it would clip them."""
    if image.mode not in ("I", "I;16", "I;16B"):
        return image
    grey = Image.new("L", image.size)
    grey.putdata([value >> 8 for value in image.getdata()])
    return grey


def seen(path):
    image = eight_bits(ImageOps.exif_transpose(Image.open(path)))
    if image.mode in ("RGBA", "LA") or "transparency" in image.info:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    image = image.convert("RGB")
    width, height = image.size
    if width < height:
        width, height = SIZE, int(SIZE * height / width)
    else:
        width, height = int(SIZE * width / height), SIZE
    image = image.resize((width, height), Image.BILINEAR)
    left, top = round((width - SIZE) / 2), round((height - SIZE) / 2)
    return image.crop((left, top, left + SIZE, top + SIZE))


def planes(image):
    return [value for band in image.split() for value in band.getdata()]


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of(width, height, kind, depth, sample, interlaced=False, extra=(), late=()):
    """sample(x, y): the samples of a pixel, from 0 to 2**depth - 1. extra, late: chunks before and after the data."""
    def row(y, columns):
        bits = "".join(f"{value:0{depth}b}" for x in columns for value in sample(x, y))
        bits += "0" * (-len(bits) % 8)
        return b"\0" + bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))

    passes = ADAM7 if interlaced else [(0, 0, 1, 1)]
    data = b"".join(row(y, range(left, width, across)) for left, top, across, down in passes
                    for y in range(top, height, down) if left < width)
    head = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, int(interlaced))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(chunk(*one) for one in extra)
            + chunk(b"IDAT", zlib.compress(data, 9)) + b"".join(chunk(*one) for one in late) + chunk(b"IEND", b""))


# Left, top, distance across and down of the pixels of each pass.
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
GREY, RGB, PALETTE, GREY_ALPHA, RGB_ALPHA = 0, 2, 3, 4, 6
SAMPLES = {GREY: 1, RGB: 3, PALETTE: 1, GREY_ALPHA: 2, RGB_ALPHA: 4}


def pngs():
    """Every kind and depth there is, as it is and interlaced."""
    depths = {GREY: (1, 2, 4, 8, 16), RGB: (8, 16), PALETTE: (1, 2, 4, 8), GREY_ALPHA: (8, 16), RGB_ALPHA: (8, 16)}
    names = {GREY: "grey", RGB: "rgb", PALETTE: "palette", GREY_ALPHA: "grey_alpha", RGB_ALPHA: "rgb_alpha"}
    for kind, list_of_depths in depths.items():
        for depth in list_of_depths:
            count = SAMPLES[kind]
            colours = b"".join(bytes([i * 85 % 256, 255 - i % 256, i * 29 % 256]) for i in range(2**min(depth, 8)))

            def sample(x, y, depth=depth, count=count):
                return [(x * (37 + 12 * c) + y * (5 + 90 * c) + x * y) * 2**depth // 256 % 2**depth for c in range(count)]

            extra = [(b"PLTE", colours)] if kind == PALETTE else []
            for interlaced in (False, True):
                name = f"{names[kind]}{depth}{'_interlaced' if interlaced else ''}.png"
                yield name, png_of(13, 11, kind, depth, sample, interlaced, extra)
    clear = [(b"PLTE", bytes(range(12))), (b"tRNS", bytes([0, 90, 200]))]
    yield "palette_clear.png", png_of(13, 11, PALETTE, 2, lambda x, y: [(x + y) % 4], False, clear)
    yield "grey_clear.png", png_of(13, 11, GREY, 8, lambda x, y: [x % 4 * 60 + y], False, [(b"tRNS", b"\0\x40")])
    yield "rgb_clear.png", png_of(13, 11, RGB, 8, lambda x, y: [x % 3, y % 3, 9], False, [(b"tRNS", bytes([0, 1, 0, 2, 0, 9]))])


def exif(orientation, order="<", value="H"):
    """A TIFF of two entries, of which the second is the orientation."""
    head = (b"II" if order == "<" else b"MM") + struct.pack(order + "HI", 42, 8)
    number = struct.pack(order + value, orientation).ljust(4, b"\0")
    kind = {"H": 3, "I": 4}[value]
    return (head + struct.pack(order + "HHHIHH", 2, 0x100, 3, 1, 29, 0) + struct.pack(order + "HHI", 0x112, kind, 1)
            + number + struct.pack(order + "I", 0))


def turned():
    """The orientations of EXIF, in either byte order; 0 and 9 are none."""
    image = drawn(13, 9)
    pixels = list(image.getdata())
    for orientation in range(10):
        order = "<>"[orientation % 2]
        note = (b"eXIf", exif(orientation, order))
        for late in (False, True) if orientation in (5, 6) else (False,):
            where = {"late": [note]} if late else {"extra": [note]}
            yield (f"turned{orientation}{'_late' if late else ''}.png",
                   png_of(13, 9, RGB, 8, lambda x, y: pixels[y * 13 + x], False, **where))
        image.save(HERE / "turned.jpg", quality=90, exif=b"Exif\0\0" + exif(orientation, order),
                   progressive=orientation == 7)
        yield f"turned{orientation}.jpg", (HERE / "turned.jpg").read_bytes()
        (HERE / "turned.jpg").unlink()


def jpegs():
    image = drawn(29, 20)
    image.convert("CMYK").save(HERE / "cmyk.jpg", quality=90)
    image.convert("CMYK").save(HERE / "cmyk_progressive.jpg", quality=90, progressive=True)
    image.convert("L").save(HERE / "grey_progressive.jpg", quality=90, progressive=True)
    for subsampling in (0, 1, 2):
        image.save(HERE / f"subsampling{subsampling}.jpg", quality=90, subsampling=subsampling)
    image.save(HERE / "restarts.jpg", quality=90, restart_marker_blocks=1)
    return ["cmyk.jpg", "cmyk_progressive.jpg", "grey_progressive.jpg", "subsampling0.jpg", "subsampling1.jpg",
            "subsampling2.jpg", "restarts.jpg"]


def gifs():
    """An image, a moving one, and one with a transparent colour; of moving PNGs the first frame counts, too."""
    image = drawn(29, 20).quantize(32)
    second = Image.new("P", image.size, 3)
    image.save(HERE / "still.gif")
    image.save(HERE / "moving.gif", save_all=True, append_images=[second, second], duration=80, loop=0)
    image.save(HERE / "clear.gif", transparency=5, interlace=1)
    drawn(13, 9).save(HERE / "moving.png", save_all=True, append_images=[Image.new("RGB", (13, 9), "red")], duration=80)
    return ["still.gif", "moving.gif", "clear.gif", "moving.png"]


def pnms():
    """Plain and raw, with all widths of samples, comments, and no more line feeds than must be."""
    width, height = 13, 9

    def value(x, y, channel, most):
        return (x * (37 + 12 * channel) + y * (5 + 90 * channel) + x * y) % 256 * most // 255

    def values(channels, most):
        return [value(x, y, c, most) for y in range(height) for x in range(width) for c in range(channels)]

    bits = [x * y % 3 % 2 for y in range(height) for x in range(width)]
    rows = ["".join(map(str, bits[y * width:(y + 1) * width])) for y in range(height)]
    packed = b"".join(int(row.ljust(16, "0"), 2).to_bytes(2, "big") for row in rows)
    size = f"{width} {height}"
    yield "plain1.pbm", f"P1\n{size}\n{' '.join(map(str, bits))}".encode()
    yield "plain1_packed.pbm", f"P1 {size} {''.join(map(str, bits))}".encode()
    yield "plain1_rows.pbm", ("P1\n# a comment\n" + size + "\n" + "\n".join(rows) + "\n").encode()
    yield "raw1.pbm", f"P4\n{size}\n".encode() + packed
    for channels, name, plain, raw in ((1, "pgm", 2, 5), (3, "ppm", 3, 6)):
        for most in (1, 15, 255, 1000, 65535):
            numbers = values(channels, most)
            yield f"plain{most}.{name}", f"P{plain}\n{size}\n{most}\n{' '.join(map(str, numbers))}".encode()
            yield (f"raw{most}.{name}", f"P{raw}\n{size}\n{most}\n".encode()
                   + struct.pack(f">{len(numbers)}{'B' if most < 256 else 'H'}", *numbers))
    yield ("comments.pgm", f"P2 # plain\n#one\n\t{width}\r\n# another\n{height} #\n255\n#and data\n".encode()
           + "\n".join(map(str, values(1, 255))).encode() + b"\n\n")
    yield ("comments.ppm", f"P6\n# made by hand\n{width} # wide\n {height}\n#\n255\n".encode() + bytes(values(3, 255)))


def more():
    """Writes them and returns their names."""
    names = []
    for name, data in [*pngs(), *turned(), *pnms()]:
        (HERE / name).write_bytes(data)
        names.append(name)
    return names + jpegs() + gifs()


def png_header_only(width, height):
    """A few bytes that promise so many pixels."""
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b""))


def good():
    image = drawn(29, 20)
    grey = image.convert("L")
    alpha = image.copy()
    alpha.putalpha(Image.linear_gradient("L").resize(image.size))
    side = image.getexif()
    side[0x112] = 6
    image.save(HERE / "rgb.png")
    image.save(HERE / "rgb.jpg", quality=90)
    image.save(HERE / "progressive.jpg", quality=90, progressive=True)
    image.save(HERE / "sideways.jpg", quality=90, exif=side)
    image.save(HERE / "rgb.ppm")
    image.quantize(16).save(HERE / "palette.png")
    grey.save(HERE / "grey.png")
    grey.save(HERE / "grey.jpg", quality=90)
    alpha.save(HERE / "alpha.png")
    drawn(1, 1).save(HERE / "one.png")
    drawn(97, 3).save(HERE / "wide.png")
    drawn(5, 61).save(HERE / "tall.png")
    drawn(8, 8).save(HERE / "same.png")
    deep = b"".join(struct.pack(">H", value * 256 + value) for pixel in image.getdata() for value in pixel)
    (HERE / "deep.ppm").write_bytes(b"P6\n29 20\n65535\n" + deep)


def bad():
    png, jpeg, ppm = ((HERE / name).read_bytes() for name in ("rgb.png", "rgb.jpg", "rgb.ppm"))
    progressive = (HERE / "progressive.jpg").read_bytes()
    last_scan = progressive[progressive.rindex(b"\xff\xda"):-2]
    broken = bytearray(png)
    broken[len(png) // 2] ^= 4
    (HERE / "truncated.png").write_bytes(png[:len(png) // 2])
    (HERE / "truncated.jpg").write_bytes(jpeg[:len(jpeg) // 2])
    (HERE / "truncated.ppm").write_bytes(ppm[:len(ppm) // 2])
    (HERE / "broken.png").write_bytes(broken)
    (HERE / "bomb.png").write_bytes(png_header_only(25000, 25000))
    (HERE / "bomb.ppm").write_bytes(b"P6\n30000 30000\n255\n" + bytes(100))
    (HERE / "scans.jpg").write_bytes(progressive[:-2] + 100 * last_scan + b"\xff\xd9")
    (HERE / "nothing.png").write_bytes(b"")
    (HERE / "text.png").write_bytes(b"not an image\n")


def main():
    good()
    bad()
    names = ["rgb.png", "rgb.jpg", "progressive.jpg", "sideways.jpg", "rgb.ppm", "deep.ppm", "palette.png",
             "grey.png", "grey.jpg", "alpha.png", "one.png", "wide.png", "tall.png", "same.png", *more()]
    with open(HERE / "expected.h", "w", encoding="ascii") as out:
        out.write("/* Made by make.py: pictures as Pillow sees them, [channel][row][column]; then luminance. */\n"
                  "/* clang-format off */\n"
                  f"enum {{ EXPECTED_SIZE = {SIZE} }};\n"
                  "static const struct {\n    const char *name;\n"
                  f"    unsigned char colour[{3 * SIZE * SIZE}], grey[{SIZE * SIZE}];\n}} expected[] = {{\n")
        for name in names:
            image = seen(HERE / name)
            lists = (", ".join(map(str, planes(i))) for i in (image, image.convert("L")))
            out.write(f'    {{"{name}",\n' + "".join(f"     {{{text}}},\n" for text in lists) + "    },\n")
        out.write("};\n")


main()

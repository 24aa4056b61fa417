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


def seen(path):
    image = ImageOps.exif_transpose(Image.open(path))
    if image.mode in ("RGBA", "LA"):
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
             "grey.png", "grey.jpg", "alpha.png", "one.png", "wide.png", "tall.png", "same.png"]
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

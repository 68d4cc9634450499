# SPDX-License-Identifier: GPL-3.0-or-later
"""Check that the pictures of each icon in resources/icons are what its drawing gives; with --write, make them so.

A drawing has to be rendered by librsvg, which takes longer to load than the window takes to be made. So the size that
is on the first frame lies beside it as a picture: GTK colours what is opaque in one that is named .symbolic.png."""
import sys
from pathlib import Path

import gi
gi.require_version('GdkPixbuf', '2.0')
from gi.repository import GdkPixbuf, GLib

ICONS = Path(__file__).parents[2] / 'resources/icons'
SIZES = {'16x16': 16, '16x16@2': 32}
CLOSE = 24                    # of 255: what versions of the renderer may differ by at an edge


def render(drawing, size):
    """The opacity of each pixel."""
    picture = GdkPixbuf.Pixbuf.new_from_file_at_size(str(drawing), size, size)
    return picture.get_pixels()[3::4]


def read(path, size):
    picture = GdkPixbuf.Pixbuf.new_from_file(str(path))
    pixels = picture.get_pixels()
    if (picture.get_width(), picture.get_height(), picture.get_n_channels()) != (size, size, 4) or any(
            pixels[i] for i in range(len(pixels)) if i % 4 < 3):
        return None
    return pixels[3::4]


def write(path, opacity, size):
    pixels = b''.join(bytes((0, 0, 0, alpha)) for alpha in opacity)
    picture = GdkPixbuf.Pixbuf.new_from_bytes(GLib.Bytes.new(pixels), GdkPixbuf.Colorspace.RGB, True, 8, size, size,
                                              4 * size)
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.savev(str(path), 'png', ['compression'], ['9'])


def main():
    wrong = 0
    for drawing in sorted(ICONS.glob('scalable/*/*.svg')):
        for folder, size in SIZES.items():
            path = ICONS / folder / drawing.parent.name / f'{drawing.stem}.symbolic.png'
            opacity = render(drawing, size)
            if '--write' in sys.argv:
                write(path, opacity, size)
            found = read(path, size) if path.exists() else None
            if found is None or any(abs(a - b) > CLOSE for a, b in zip(found, opacity)):
                print(f'{path} is not what {drawing.name} looks like (mend: python3 tests/support/icons.py --write)')
                wrong += 1
    sys.exit(wrong > 0)


main()

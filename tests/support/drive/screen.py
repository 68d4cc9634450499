# SPDX-License-Identifier: GPL-3.0-or-later
"""The X display: its windows, its pixels, its keyboard and pointer. Through libX11 and libXtst, by ctypes."""
import ctypes as C
import struct
import zlib
from types import SimpleNamespace

from .common import MASK


class _Attr(C.Structure):
    _fields_ = [(n, C.c_int) for n in 'x y width height border depth'.split()] + \
               [('visual', C.c_void_p), ('root', C.c_ulong), ('klass', C.c_int), ('bit_gravity', C.c_int),
                ('win_gravity', C.c_int), ('backing_store', C.c_int), ('planes', C.c_ulong),
                ('pixel', C.c_ulong), ('save_under', C.c_int), ('colormap', C.c_ulong),
                ('map_installed', C.c_int), ('map_state', C.c_int), ('masks', C.c_long * 3),
                ('override', C.c_int), ('screen', C.c_void_p)]


class _Image(C.Structure):
    _fields_ = [('width', C.c_int), ('height', C.c_int), ('xoffset', C.c_int), ('format', C.c_int),
                ('data', C.c_void_p), ('byte_order', C.c_int), ('unit', C.c_int), ('bit_order', C.c_int),
                ('pad', C.c_int), ('depth', C.c_int), ('line', C.c_int), ('bits', C.c_int)]


class _Event(C.Structure):
    _fields_ = [('type', C.c_int), ('serial', C.c_ulong), ('send_event', C.c_int), ('display', C.c_void_p),
                ('window', C.c_ulong), ('message_type', C.c_ulong), ('format', C.c_int),
                ('data', C.c_long * 5), ('room', C.c_long * 12)]


def _xlib():
    x, t, out = C.CDLL('libX11.so.6'), C.CDLL('libXtst.so.6'), SimpleNamespace()
    p, ul, i, s = C.c_void_p, C.c_ulong, C.c_int, C.c_char_p
    for lib, name, res, args in [
            (x, 'XOpenDisplay', p, [s]), (x, 'XCloseDisplay', i, [p]), (x, 'XDefaultRootWindow', ul, [p]),
            (x, 'XSync', i, [p, i]), (x, 'XGetInputFocus', i, [p, p, p]), (x, 'XFree', i, [p]), (x, 'XInternAtom', ul, [p, s, i]),
            (x, 'XQueryTree', i, [p, ul, p, p, p, p]), (x, 'XGetWindowAttributes', i, [p, ul, p]),
            (x, 'XTranslateCoordinates', i, [p, ul, ul, i, i, p, p, p]),
            (x, 'XGetWindowProperty', i, [p, ul, ul, C.c_long, C.c_long, i, ul, p, p, p, p, p]),
            (x, 'XStringToKeysym', ul, [s]), (x, 'XDisplayKeycodes', i, [p, p, p]),
            (x, 'XGetKeyboardMapping', p, [p, C.c_ubyte, i, p]),
            (x, 'XChangeKeyboardMapping', i, [p, i, i, p, i]), (x, 'XSendEvent', i, [p, ul, i, C.c_long, p]),
            (x, 'XSetIOErrorExitHandler', None, [p, p, p]),
            (x, 'XSetWindowBackground', i, [p, ul, ul]), (x, 'XClearWindow', i, [p, ul]),
            (x, 'XResizeWindow', i, [p, ul, C.c_uint, C.c_uint]),
            (x, 'XChangeProperty', i, [p, ul, ul, ul, i, i, s, i]),
            (x, 'XGetImage', p, [p, ul, i, i, C.c_uint, C.c_uint, ul, i]), (x, 'XDestroyImage', i, [p]),
            (t, 'XTestFakeKeyEvent', i, [p, C.c_uint, i, ul]),
            (t, 'XTestFakeButtonEvent', i, [p, C.c_uint, i, ul]),
            (t, 'XTestFakeMotionEvent', i, [p, i, i, i, ul])]:
        f = getattr(lib, name)
        f.restype, f.argtypes = res, args
        setattr(out, name, f)
    # Xlib ends the process on any error unless told otherwise; windows vanish under us all the time
    out.on_error = C.CFUNCTYPE(i, p, p)(lambda d, e: 0)
    out.on_exit = C.CFUNCTYPE(None, p, p)(lambda d, u: None)
    x.XSetErrorHandler(out.on_error)
    return out


X = _xlib()


class Screen:
    """The X display: its windows, its pixels, its keyboard and pointer."""
    MODS = {'ctrl': 'Control_L', 'shift': 'Shift_L', 'alt': 'Alt_L', 'super': 'Super_L'}
    KEYS = {'esc': 'Escape', 'enter': 'Return', 'del': 'Delete', 'pgup': 'Prior', 'pgdn': 'Next',
            '\n': 'Return', '\t': 'Tab', '\b': 'BackSpace'}

    def __init__(self, name, size):
        self.d = X.XOpenDisplay(name.encode())
        if not self.d:
            raise RuntimeError(f'cannot open display {name}')
        X.XSetIOErrorExitHandler(self.d, C.cast(X.on_exit, C.c_void_p), None)
        self.root, self.size, self.atoms, self.base = X.XDefaultRootWindow(self.d), size, {}, {}
        lo, hi, per = C.c_int(), C.c_int(), C.c_int()
        X.XDisplayKeycodes(self.d, C.byref(lo), C.byref(hi))
        n = hi.value - lo.value + 1
        m = X.XGetKeyboardMapping(self.d, lo.value, n, C.byref(per))
        syms = C.cast(m, C.POINTER(C.c_ulong))
        rows = [[syms[k * per.value + j] for j in range(per.value)] for k in range(n)]
        self.spare = [lo.value + k for k, row in enumerate(rows) if not any(row)]
        self.codes, self.lent = {}, []
        for level in (0, 1):              # Alt_L is also on a key of its own for shifted Alt: take the plain one
            for k, row in enumerate(rows):
                if row[level]:
                    self.codes.setdefault(row[level], (lo.value + k, level))
        X.XFree(m)

    def close(self):
        if self.d:
            X.XCloseDisplay(self.d)
            self.d = None

    def sync(self):
        X.XSync(self.d, 0)

    def prop(self, win, name):
        """A window property: a list of numbers, or bytes for 8-bit ones, or None."""
        if name not in self.atoms:
            self.atoms[name] = X.XInternAtom(self.d, name.encode(), 0)
        typ, fmt, n, rest, data = C.c_ulong(), C.c_int(), C.c_ulong(), C.c_ulong(), C.c_void_p()
        X.XGetWindowProperty(self.d, win, self.atoms[name], 0, 4096, 0, 0, C.byref(typ), C.byref(fmt),
                                  C.byref(n), C.byref(rest), C.byref(data))
        if not data.value:
            return None
        if fmt.value == 8:
            out = C.string_at(data.value, n.value)
        else:
            out = list(C.cast(data, C.POINTER(C.c_ulong))[0:n.value]) if fmt.value == 32 else None
        X.XFree(data)
        return out

    def children(self, win):
        r, p, kids, n = C.c_ulong(), C.c_ulong(), C.c_void_p(), C.c_uint()
        if not X.XQueryTree(self.d, win, C.byref(r), C.byref(p), C.byref(kids), C.byref(n)) or not kids.value:
            return []
        out = C.cast(kids, C.POINTER(C.c_ulong))[0:n.value]
        X.XFree(kids)
        return out

    def windows(self, pid):
        """The mapped windows of a process, lowest first: (xid, x, y, w, h, override, title)."""
        seen = []
        for top in self.children(self.root):
            seen += [top, *(w for k in self.children(top) for w in (k, *self.children(k)))] if pid not in self.base \
                or top & ~MASK != self.base[pid] else [top]
        if pid not in self.base:
            for w in seen:
                if (self.prop(w, '_NET_WM_PID') or [0])[0] == pid:
                    self.base[pid] = w & ~MASK
                    break
        out = []
        for w in seen:
            a, x, y, c = _Attr(), C.c_int(), C.c_int(), C.c_ulong()
            if w & ~MASK != self.base.get(pid) or not X.XGetWindowAttributes(self.d, w, C.byref(a)):
                continue
            if a.map_state != 2 or a.width < 8 or a.height < 8:
                continue
            X.XTranslateCoordinates(self.d, w, self.root, 0, 0, C.byref(x), C.byref(y), C.byref(c))
            title = (self.prop(w, '_NET_WM_NAME') or b'').decode(errors='replace')
            out.append((w, x.value, y.value, a.width, a.height, bool(a.override), title))
        return out

    def pixels(self, x, y, w, h):
        """The pixels of a rectangle of the screen, four bytes each (B G R x), or b'' outside it."""
        x, y, r, b = max(0, x), max(0, y), min(self.size[0], x + w), min(self.size[1], y + h)
        if r <= x or b <= y:
            return b''
        im = X.XGetImage(self.d, self.root, x, y, r - x, b - y, 0xffffffff, 2)
        if not im:
            return b''
        i = C.cast(im, C.POINTER(_Image)).contents
        data = C.string_at(i.data, i.line * i.height)
        X.XDestroyImage(im)
        return data

    def png(self, path, x=0, y=0, w=None, h=None):
        w, h = w or self.size[0], h or self.size[1]
        w, h = min(w, self.size[0] - x), min(h, self.size[1] - y)
        d = self.pixels(x, y, w, h)
        rgb = bytearray(3 * w * h)
        rgb[0::3], rgb[1::3], rgb[2::3] = d[2::4], d[1::4], d[0::4]
        rows = b''.join(b'\0' + rgb[3 * w * j:3 * w * (j + 1)] for j in range(h))
        with open(path, 'wb') as f:
            f.write(b'\x89PNG\r\n\x1a\n')
            for kind, body in ((b'IHDR', struct.pack('>IIBBBBB', w, h, 8, 2, 0, 0, 0)),
                               (b'IDAT', zlib.compress(rows, 3)), (b'IEND', b'')):
                f.write(struct.pack('>I', len(body)) + kind + body + struct.pack('>I', zlib.crc32(kind + body)))

    def _code(self, sym):
        """Keycode and shift level for a keysym; one that no key has is put on a spare key, and stays there
        as long as it can: programs look a key up after its event came, so one taken back at once is misread."""
        if sym in self.lent:
            self.lent.remove(sym)
        elif sym not in self.codes:
            code = self.spare.pop() if self.spare else self.codes.pop(self.lent.pop(0))[0]
            X.XChangeKeyboardMapping(self.d, code, 2, (C.c_ulong * 2)(sym, sym), 1)
            self.codes[sym] = (code, 0)
        else:
            return self.codes[sym]
        self.lent.append(sym)
        return self.codes[sym]

    def pieces(self, text):
        """A text cut so that each piece needs no more keys than there are to lend."""
        piece, syms = '', set()
        for c in text:
            sym = self._sym(c)
            if sym not in self.codes or sym in self.lent:
                syms.add(sym)
            if len(syms) > len(self.spare) + len(self.lent):
                yield piece
                piece, syms = '', {sym}
            piece += c
        yield piece

    def _sym(self, name):
        name = self.KEYS.get(name.lower() if len(name) > 1 else name, name)
        if len(name) == 1:
            c = ord(name)
            return c if 0x20 <= c < 0x7f or 0xa0 <= c < 0x100 else 0x01000000 + c
        sym = X.XStringToKeysym(name.encode())
        if not sym:
            raise ValueError(f'no key called {name!r}')
        return sym

    def press(self, *names):
        """Press the keys in order and let them go in reverse, as one batch the server cannot split."""
        codes = []
        for n in names:
            code, level = self._code(self._sym(self.MODS.get(n.lower(), n)))
            if level and n not in self.MODS:
                codes.append(self._code(self._sym('Shift_L'))[0])
            codes.append(code)
        for down, seq in ((1, codes), (0, codes[::-1])):
            for c in seq:
                X.XTestFakeKeyEvent(self.d, c, down, 0)

    def hold(self, name, down):
        """Press a key, or let it go."""
        X.XTestFakeKeyEvent(self.d, self._code(self._sym(self.MODS.get(name.lower(), name)))[0], int(down), 0)
        self.sync()

    def focus(self):
        """The X window that key events go to now."""
        w, r = C.c_ulong(), C.c_int()
        X.XGetInputFocus(self.d, C.byref(w), C.byref(r))
        return w.value

    def button(self, n, down):
        X.XTestFakeButtonEvent(self.d, n, int(down), 0)

    def move(self, x, y):
        X.XTestFakeMotionEvent(self.d, -1, int(x), int(y), 0)

    def ask_to_close(self, win):
        e = _Event(type=33, window=win, message_type=self._atom('WM_PROTOCOLS'), format=32)
        e.data[0] = self._atom('WM_DELETE_WINDOW')
        X.XSendEvent(self.d, win, 0, 0, C.byref(e))
        self.sync()

    def resize(self, win, width, height):
        X.XResizeWindow(self.d, win, width, height)
        self.sync()

    def paint(self, colour):
        """Give the root window a colour, 0xRRGGBB."""
        X.XSetWindowBackground(self.d, self.root, colour)
        X.XClearWindow(self.d, self.root)
        self.sync()

    def set_resources(self, text):
        """What programs that start from now on read of the display, as xrdb sets it: 'Xft.dpi: 192' doubles their text."""
        X.XChangeProperty(self.d, self.root, self._atom('RESOURCE_MANAGER'), 31, 8, 0, text.encode(), len(text))
        self.sync()

    def _atom(self, name):
        return X.XInternAtom(self.d, name.encode(), 0)

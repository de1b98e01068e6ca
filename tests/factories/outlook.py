"""Files that Outlook writes, by their specifications: a message that was saved, and what it packs into `winmail.dat`."""

import struct

SECTOR, MINI, CUTOFF = 512, 64, 4096
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
UNICODE, BINARY, TIME, LONG, OBJECT = 0x001F, 0x0102, 0x0040, 0x0003, 0x000D


def a_compound_file(tree):
    """A file of streams and folders (MS-CFB): `tree` is a dict of names to bytes or to dicts."""
    entries, big, mini = [], [], b""
    mini_chain = []

    def put(name, value):
        nonlocal mini
        number = len(entries)
        entries.append(None)
        if isinstance(value, dict):
            kids = [put(*item) for item in sorted(value.items(), key=lambda item: (len(item[0]), item[0].upper()))]
            entries[number] = [name, 5 if not number else 1, kids, END if number else 0, 0]
        elif len(value) < CUTOFF:
            start = len(mini_chain)
            count = -(-len(value) // MINI)
            mini_chain.extend([*range(start + 1, start + count), END][:count])
            mini += value.ljust(count * MINI, b"\0")
            entries[number] = [name, 2, [], start if value else END, len(value)]
        else:
            entries[number] = [name, 2, [], len(big), len(value)]
            big.append(value)
        return number

    put("Root Entry", tree)
    return _laid_out(entries, big, mini, mini_chain)


def _laid_out(entries, big, mini, mini_chain):
    sectors, chain = [], []

    def add(content):
        start, count = len(sectors), max(1, -(-len(content) // SECTOR))
        sectors.extend(content.ljust(count * SECTOR, b"\0")[at * SECTOR : (at + 1) * SECTOR] for at in range(count))
        chain.extend([*range(start + 1, start + count), END])
        return start

    for entry in entries:
        if entry[1] == 2 and entry[4] >= CUTOFF:
            entry[3] = add(big[entry[3]])
    mini_start = add(mini) if mini else END
    mini_fat = add(struct.pack(f"<{len(mini_chain)}I", *mini_chain).ljust(SECTOR, b"\xff")) if mini else END
    entries[0][3], entries[0][4] = mini_start, len(mini)
    links = {}
    for entry in entries:  # the children of a folder hang as a chain: each is the right one of the one before
        for one, other in zip(entry[2], [*entry[2][1:], FREE], strict=False):
            links[one] = other
    rows = b"".join(_directory_row(entry, links.get(number, FREE)) for number, entry in enumerate(entries))
    directory = add(rows.ljust(-(-len(rows) // SECTOR) * SECTOR, b"\0"))
    fat_count = 1
    while (len(sectors) + fat_count) > fat_count * (SECTOR // 4):
        fat_count += 1
    fat_at = list(range(len(sectors), len(sectors) + fat_count))
    chain += [FAT] * fat_count
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(fat_count * SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    mini_sectors = max(1, -(-len(mini_chain) * 4 // SECTOR)) if mini else 0
    header += struct.pack("<IIIIIIIII", 0, fat_count, directory, 0, CUTOFF, mini_fat, mini_sectors, END, 0)
    header += struct.pack("<109I", *(fat_at + [FREE] * (109 - fat_count)))
    return header + b"".join(sectors) + table


def _directory_row(entry, right):
    name, kind, kids, start, size = entry
    written = name.encode("utf-16-le")
    row = written.ljust(64, b"\0") + struct.pack(
        "<HBBIII", len(written) + 2, kind, 1, FREE, right, kids[0] if kids else FREE
    )
    return row + bytes(36) + struct.pack("<IQ", start if kind != 1 else 0, size)


def _properties(values, header):
    """The stream of properties and the streams of those that are long (MS-OXMSG, 2.4)."""
    fixed, streams = header, {}
    for (number, kind), value in values.items():
        if kind in (UNICODE, BINARY):
            content = value.encode("utf-16-le") if kind == UNICODE else value
            streams[f"__substg1.0_{number:04X}{kind:04X}"] = content
            fixed += struct.pack("<HHIII", kind, number, 6, len(content) + (2 if kind == UNICODE else 0), 0)
        elif kind == OBJECT:
            streams[f"__substg1.0_{number:04X}{kind:04X}"] = value
            fixed += struct.pack("<HHIII", kind, number, 6, 0xFFFFFFFF, 1)
        else:
            fixed += struct.pack("<HHI", kind, number, 6) + struct.pack("<Q", value)
    return {"__properties_version1.0": fixed, **streams}


def _message(subject, words, sender, files, inner, header):
    tree = _properties(
        {
            (0x001A, UNICODE): "IPM.Note",
            (0x0037, UNICODE): subject,
            (0x1000, UNICODE): words,
            (0x0C1A, UNICODE): sender[0],
            (0x0C1F, UNICODE): "/O=EXCHANGELABS/OU=RECIPIENTS/CN=PAT",
            (0x5D01, UNICODE): sender[1],
            (0x0039, TIME): (1_780_304_400 + 11_644_473_600) * 10_000_000,  # 1 June 2026, 9:00
            (0x3FDE, LONG): 65001,
        },
        header,
    )
    for number, (name, content) in enumerate(files):
        values = {(0x3707, UNICODE): name, (0x3701, BINARY): content, (0x3705, LONG): 1}
        tree[f"__attach_version1.0_#{number:08X}"] = _properties(values, bytes(8))
    if inner:
        values = {(0x3705, LONG): 5, (0x3701, OBJECT): inner}
        tree[f"__attach_version1.0_#{len(files):08X}"] = _properties(values, bytes(8))
    return tree


def a_saved_message(subject, words, sender=("Pat Smith", "pat@post.example.org"), files=(), inner=None):
    """A message as Outlook saves it (`.msg`); `inner` is another one inside it, as `(subject, words, sender)`."""
    inside = _message(*inner, (), None, struct.pack("<8xIIII", 0, 0, 0, 0)) if inner else None
    count = len(files) + bool(inner)
    return a_compound_file(_message(subject, words, sender, files, inside, struct.pack("<8xIIII8x", 0, count, 0, count)))


def a_winmail(words, files=()):
    """What Outlook packs words and files into (MS-OXTNEF, 2.1)."""
    made = struct.pack("<IH", 0x223E9F78, 1)

    def attribute(level, number, content):
        return struct.pack("<BII", level, number, len(content)) + content + struct.pack("<H", sum(content) & 0xFFFF)

    made += attribute(1, 0x00089006, struct.pack("<I", 0x00010000))
    made += attribute(1, 0x00069007, struct.pack("<II", 1252, 0))
    made += attribute(1, 0x0002800C, words.encode("cp1252") + b"\0")
    for name, content in files:
        made += attribute(2, 0x00069002, struct.pack("<HIIII", 1, 0xFFFFFFFF, 0, 0, 0)[:14])
        made += attribute(2, 0x00018010, name.encode("cp1252") + b"\0")
        made += attribute(2, 0x0006800F, content)
    return made

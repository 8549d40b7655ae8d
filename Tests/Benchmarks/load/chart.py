#!/usr/bin/env python3
"""Draws the README's chart out of a page of results: chart.py RESULTS.md CHART.svg

Nothing is measured or rounded here: every label is a cell of the page as it stands there.
"""
import html
import sys

SERVERS = [
    ("Waymark, epoll, native", "Waymark", "ours"),
    ("Kestrel minimal API, native", "ASP.NET Core, minimal API", "peer"),
    ("epoll in C (the floor)", "a bare epoll loop in C", "floor"),
]
# (column of the page, title, unit, which way is better)
PANELS = [
    ("64: req/s", "Requests a second", "", "more is better"),
    ("CPU", "CPU per request", "µs", "less is better"),
    ("pipelined 16: req/s", "Pipelined, requests a second", "", "more is better"),
    ("start to first 200, ms", "Start to first answer", "ms", "less is better"),
    ("resident MB after 64 conn.", "Memory with 64 connections", "MB", "less is better"),
    ("binary MB", "Size of the program", "MB", "less is better"),
]
WIDTH, PANEL_WIDTH, PANEL_HEIGHT, COLUMNS = 860, 270, 128, 3
BAR_LEFT, BAR_WIDTH, BAR_HEIGHT, BAR_STEP = 0, 190, 16, 26

STYLE = """
  text { font: 12px system-ui, sans-serif; fill: #1f2328 } .title { font-weight: 600 } .note { fill: #59636e }
  .ours { fill: #0f766e } .peer { fill: #7c8794 } .floor { fill: #c8ced5 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .note { fill: #9198a1 } .ours { fill: #2dd4bf } .peer { fill: #7d8590 } .floor { fill: #444c56 }
  }
"""


def read_tables(path):
    """Every table of a page as a list of (head, rows)."""
    tables, head, rows = [], None, []
    with open(path, encoding="utf-8") as page:
        for line in [*page, ""]:
            if not line.startswith("|"):
                if head:
                    tables.append((head, rows))
                head, rows = None, []
                continue
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if head is None:
                head = cells
            elif set(line.strip()) - set("|-: "):
                rows.append(cells)
    return tables


def find(tables, column, server):
    """The first cell of a column in a server's row; None where there is none."""
    for head, rows in tables:
        for row in rows:
            if column in head and row[0] == server:
                return row[head.index(column)]
    return None


def number(cell):
    text = cell.lstrip("~").replace(",", "")
    return float(text[:-2]) * 1e6 if text.endswith(" M") else float(text)


def panel(tables, column, title, unit, note):
    cells = [(find(tables, column, server), name, kind) for server, name, kind in SERVERS]
    largest = max(number(cell) for cell, _, _ in cells if cell)
    parts = [f'<text class="title" y="12">{html.escape(title)}</text>',
             f'<text class="note" y="29">{html.escape(note)}</text>']
    for index, (cell, name, kind) in enumerate(cells):
        if not cell:
            continue
        top = 40 + index * BAR_STEP
        width = max(2, round(number(cell) / largest * BAR_WIDTH))
        label = f"{cell} {unit}".strip()
        parts.append(f'<rect class="{kind}" x="{BAR_LEFT}" y="{top}" width="{width}" height="{BAR_HEIGHT}" rx="2">'
                     f'<title>{html.escape(name)}: {html.escape(label)}</title></rect>')
        parts.append(f'<text x="{BAR_LEFT + width + 6}" y="{top + 12}">{html.escape(label)}</text>')
    return parts


def draw(tables, source):
    lines = []
    for index, each in enumerate(PANELS):
        left, top = 12 + index % COLUMNS * (PANEL_WIDTH + 16), 44 + index // COLUMNS * (PANEL_HEIGHT + 12)
        lines += [f'<g transform="translate({left} {top})">', *panel(tables, *each), "</g>"]
    legend, left = [], 12
    for _, name, kind in SERVERS:
        legend.append(f'<rect class="{kind}" x="{left}" y="10" width="12" height="12" rx="2"/>'
                      f'<text x="{left + 18}" y="20">{html.escape(name)}</text>')
        left += 42 + 7 * len(name)
    height = 44 + (len(PANELS) + COLUMNS - 1) // COLUMNS * (PANEL_HEIGHT + 12) + 16
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        'role="img" aria-label="Waymark beside ASP.NET Core and a bare epoll loop in C">',
        f"<style>{STYLE}</style>", *legend, *lines,
        f'<text class="note" x="12" y="{height - 8}">Native programs, one processor, 64 connections. '
        f"{html.escape(source)}</text>", "</svg>", ""])


def main():
    results, target = sys.argv[1:]
    with open(target, "w", encoding="utf-8") as chart:
        chart.write(draw(read_tables(results), "Figures: " + results.replace("\\", "/").lstrip("./")))


main()

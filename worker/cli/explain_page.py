"""An explanation as one page of HTML that needs nothing else: no script, no font, no network."""

import html
from collections.abc import Sequence
from importlib.resources import files
from string import Template

from worker.articles.article import Article
from worker.cli.findings import Finding, Kind, explained
from worker.cli.marks import Piece, pieces
from worker.cli.reading import Reading
from worker.cli.render import dated

_SECTIONS = {
    "Reported": (Kind.CHANGE,),
    "Recalled": (Kind.BACKGROUND,),
    "Troop figures": (Kind.STRENGTH,),
    "Read, but not reported": (Kind.NEAR_MISS,),
}


def page(reading: Reading, found: Sequence[Finding]) -> str:
    """The page. Everything of the article is escaped; its address is a link only if it is one of the web."""
    article, extraction = reading.article, reading.extraction
    template = Template(files("worker.cli").joinpath("explain.html").read_text("utf-8"))
    return template.substitute(
        title=html.escape(article.title or article.text[:80]),
        language=html.escape(extraction.language or article.language or "und", quote=True),
        about=_about(article),
        text=_text(article, found),
        findings=_findings(found) if found else _nothing(extraction.skipped),
    )


def _about(article: Article) -> str:
    parts = [html.escape(part) for part in (dated(article), article.source, article.id) if part]
    if article.url:
        address = html.escape(article.url, quote=True)
        is_web = article.url.startswith(("https://", "http://"))
        parts.append(f'<a href="{address}" rel="noreferrer">{address}</a>' if is_web else address)
    return " · ".join(parts)


def _text(article: Article, found: Sequence[Finding]) -> str:
    marked = "".join(map(_marked, pieces(article.text, found)))
    title, gap, body = marked.partition("\n\n") if article.title else ("", "", marked)
    paragraphs = "".join(f"<p>{paragraph}</p>\n" for paragraph in body.split("\n") if paragraph)
    return (f"<h1>{title}{'' if gap else body}</h1>\n" if title else "") + paragraphs


def _marked(piece: Piece) -> str:
    if piece.kind is None:
        return html.escape(piece.text)
    # A mark ends with its paragraph: evidence may run over several.
    classes = f'class="{piece.kind.value}"'
    lines = [f"<mark {classes}>{html.escape(line)}</mark>" if line else "" for line in piece.text.split("\n")]
    labels = "".join(
        f'<sup><a class="{it.kind.value}" id="at-{it.label}" href="#{it.label}">{it.label}</a></sup>'
        for it in piece.ending
    )
    return "\n".join(lines) + labels


def _findings(found: Sequence[Finding]) -> str:
    sections = []
    for heading, kinds in _SECTIONS.items():
        items = "".join(map(_item, (it for it in found if it.kind in kinds)))
        if items:
            sections.append(f"<h2>{heading}</h2>\n<ul>\n{items}</ul>\n")
    return "".join(sections)


def _item(finding: Finding) -> str:
    label = f'<a class="label {finding.kind.value}" href="#at-{finding.label}">{finding.label}</a>'
    quote = " ".join(finding.evidence.quote.split())
    return (
        f'<li id="{finding.label}">{label} <strong>{html.escape(finding.headline)}</strong>'
        f"<q>{html.escape(quote)}</q><small>{html.escape(finding.grounds)}</small></li>\n"
    )


def _nothing(skipped: str | None) -> str:
    if skipped is None:
        return "<p>Nothing in it reports, or nearly reports, a change of a mission's status.</p>"
    return f"<p>It was not read: {html.escape(explained('skipped', skipped))}.</p>"

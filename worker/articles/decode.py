"""The entry of this room: the value of a raw message → an article."""

from collections.abc import Sequence

from worker.articles import encoding
from worker.articles.article import Article, ArticleError, ArticleFault, DatedBy
from worker.articles.charsets import declared_in_html
from worker.articles.content_type import content_type
from worker.articles.draft import Draft, finish, headline_of
from worker.articles.entities import unescape_explicit
from worker.articles.envelope import Envelope, open_envelope
from worker.articles.html import read_page
from worker.articles.limits import DEFAULT, Limits
from worker.articles.normal import lines
from worker.articles.published import read_date, split_prefix
from worker.articles.shape import HEAD, Shape, has_markup, shape_of
from worker.articles.wrapping import unwrapped
from worker.missions.dates import PartialDate

_UTF_16 = frozenset(("utf-16-le", "utf-16-be"))


def decode(
    value: bytes | None,
    *,
    headers: Sequence[tuple[str, bytes | None]] = (),
    timestamp_ms: int | None = None,
    limits: Limits = DEFAULT,
) -> Article:
    """Read a raw message: plain text, a JSON envelope or HTML, in any common encoding.

    `headers` are those of the Kafka record: `content-type` names an encoding other than UTF-8 and, if it is JSON or
    HTML, the shape. `timestamp_ms` (Unix time in milliseconds) dates an article that has no date of its own. The result
    depends on nothing else. Raises ArticleError, and nothing else, for any input; takes time linear in its length.
    """
    if value is None:
        raise ArticleError(ArticleFault.EMPTY, "the message has no value")
    if not value or value.isspace():
        raise ArticleError(ArticleFault.EMPTY, "the message is blank")
    if len(value) > limits.max_bytes:
        raise ArticleError(ArticleFault.TOO_LARGE, f"{len(value)} bytes, more than {limits.max_bytes}")
    media_type, charset = content_type(headers) if headers else (None, None)
    codec, skip = encoding.byte_order_mark(value)
    if codec is None and charset is not None:
        codec = encoding.codec_of(charset)
    if codec not in _UTF_16:
        encoding.refuse_binary(value)
    if skip:
        value = value[skip:]
        if not value:
            raise ArticleError(ArticleFault.EMPTY, "the message has nothing behind its byte order mark")
    if codec is None or codec == "utf-8":
        shape = shape_of(value[:HEAD].decode("latin-1"), media_type)
        draft = (
            _from_envelope(value, limits) if shape is Shape.JSON else _from_text(_utf_8(value, shape), shape, limits)
        )
    else:
        text = encoding.to_text(value, codec)
        shape = shape_of(text[:HEAD], media_type)
        draft = _from_envelope(text.encode(), limits) if shape is Shape.JSON else _from_text(text, shape, limits)
    return finish(draft, timestamp_ms, limits)


def _utf_8(value: bytes, shape: Shape) -> str:
    """Text that is UTF-8; or, if it is not, in the encoding that an HTML page declares within.

    In this order, since pages are converted on their way and keep their old declaration.
    """
    try:
        return encoding.to_text(value, "utf-8")
    except ArticleError:
        label = declared_in_html(value) if shape is Shape.HTML else None
        codec = encoding.codec_of(label) if label else None
        if codec is None or codec == "utf-8" or codec in _UTF_16:
            raise
        return encoding.to_text(value, codec)


def _from_text(text: str, shape: Shape, limits: Limits) -> Draft:
    """Plain text or a page, either behind a date or not."""
    published, rest = split_prefix(text)
    if shape is Shape.TEXT and published is not None:
        shape = shape_of(rest[:HEAD], None)  # the date stood before the first tag
    draft = _from_page(rest, limits) if shape is Shape.HTML else _from_plain(rest, limits)
    if published is not None:
        draft.published, draft.dated_by = published, DatedBy.PREFIX
    return draft


def _from_plain(text: str, limits: Limits) -> Draft:
    text = unescape_explicit(text)
    if has_markup(text):
        text = read_page(text, limits, preformatted=True).text
    body = unwrapped(lines(text))
    return Draft(body=body, title=headline_of(body))


def _from_page(markup: str, limits: Limits) -> Draft:
    page = read_page(markup, limits)
    return Draft(
        body=lines(unescape_explicit(page.text)),
        title=page.title if page.title and len(page.title) <= limits.max_field_chars else None,
        published=page.published,
        dated_by=DatedBy.PAGE,
        language=page.language,
        url=page.url if page.url and len(page.url) <= limits.max_field_chars else None,
        source=page.source if page.source and len(page.source) <= limits.max_field_chars else None,
    )


def _from_envelope(value: bytes, limits: Limits) -> Draft:
    envelope = open_envelope(value, limits)
    text = envelope.text if envelope.text and not envelope.text.isspace() else None
    if text is not None or envelope.html is None:
        draft = _from_text(text or "", Shape.TEXT, limits)
    else:
        draft = _from_text(envelope.html, Shape.HTML, limits)
    published = _published(envelope)
    if published is not None:
        draft.published, draft.dated_by = published, DatedBy.ENVELOPE
    draft.title = envelope.title or draft.title
    draft.id = str(envelope.id).strip() if envelope.id is not None else None
    draft.language = envelope.language or draft.language
    draft.url = envelope.url or draft.url
    draft.source = envelope.source or draft.source
    return draft


def _published(envelope: Envelope) -> PartialDate | None:
    if envelope.published_at is None:
        return None
    try:
        return read_date(envelope.published_at)
    except ValueError as error:
        raise ArticleError(ArticleFault.JSON_SHAPE, f"`published_at` is no date: {error}") from error

"""Finding date expressions: chains of date words, read by patterns over their classes."""

from worker.extraction.when.chains import Chain, chains
from worker.extraction.when.context import Context
from worker.extraction.when.grammar import read
from worker.extraction.when.lexicon import load
from worker.extraction.when.mention import DateMention
from worker.extraction.when.tokens import tokens


class DateFinder:
    """Finds the date expressions of one language (`nl`, `fr`, `en` or `de`)."""

    def __init__(self, language: str) -> None:
        self._lexicon = load(language)

    def find(self, text: str, folded: bytes) -> tuple[DateMention, ...]:
        """All date expressions of a text, by place, none overlapping; `folded` is the folded text.

        A range gives two: its first date with the relation `from`, its last with `until`.
        """
        lexicon = self._lexicon
        mentions: list[DateMention] = []
        context = Context(text, folded, lexicon)
        for chain in chains(tokens(text, folded, lexicon), folded, lexicon):
            mentions += read(chain, context)
        return tuple(mentions)


__all__ = ["Chain", "DateFinder"]

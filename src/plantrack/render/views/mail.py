"""What is sent by mail, in words: the subject, what became of it, and why."""

from collections.abc import Iterable

from plantrack.i18n.words import Words
from plantrack.model.views.header import ViewHeader
from plantrack.model.views.mail import Delivery, MailResult
from plantrack.render.layout.blocks import Document
from plantrack.render.layout.fact_formatter import plan_name


def subject(document: Document, heading: ViewHeader, words: Words) -> str:
    """Word the subject: the report with its period, and the plan; made-up data says so first."""
    said = words("mail.subject", title=document.title, plan=plan_name(heading.plan, words))
    return words("mail.example", subject=said) if heading.is_example else said


def told(result: MailResult, words: Words) -> list[str]:
    """Say who was sent what, and who had it before."""
    sent = [(one.address, one.edition.period) for one in result.sent]
    lines = [("mail.sent", sent), ("mail.before", result.before)]
    return [words(key, addresses=_listed(pairs, words)) for key, pairs in lines if pairs]


def unsent(failed: Iterable[Delivery], words: Words) -> str:
    """Say who did not get what, and why."""
    return "; ".join(
        words(
            "mail.unsent", address=one.address, period=words.period(one.edition.period), why=_why(one, words)
        )
        for one in failed
    )


def _listed(pairs: Iterable[tuple[str, str]], words: Words) -> str:
    by_period: dict[str, list[str]] = {}
    for address, period in pairs:
        by_period.setdefault(period, []).append(address)
    return "; ".join(
        words("mail.to", period=words.period(period), addresses=", ".join(addresses))
        for period, addresses in by_period.items()
    )


def _why(one: Delivery, words: Words) -> str:
    why = words(f"mail.why.{one.why}")
    return words("mail.said", why=why, said=one.said) if one.said else why

"""Rows of a verdict: a conviction, money, a denial."""

from golden_rows import Act, Figure, OneActor, Says

REPORT = "harbour_bribery_verdict.txt"
EXPECTED = [
    Says(
        "the judges",
        ("Pell, 61, took at least $1.3 million from Ister Maritime between 2017 and 2021",),
        cue="found",
        known_gap="finite verb of judges behind the content",
    ),
    Says("the presiding judge", ("The sea does not forget and neither do ledgers",), cue="said"),
    Says("Pell's lawyer", ("he would appeal",), cue="said"),
    Says(
        "he",
        ("His client", "signed what everybody signed."),
        cue="told",
        known_gap="words before an inserted attribution",
    ),
    Act(
        "SANCTION",
        "A court in Port Selva",
        "convicted",
        "the city's former harbour master",
        mode="convict",
        known_gap="target cut to the owner in front",
    ),
    Act("SANCTION", "A court in Port Selva", "sentenced", "him", mode="convict"),
    Act("ACCUSE", "The port authority", "sued", "the firm", mode="allege"),
    Act("SANCTION", "The port authority", "cancelled", None, known_gap="cancelling a licence"),
    Act("REJECT", "Ister Maritime", "denied wrongdoing", None),
    Act(
        "ACCUSE",
        "Prosecutors",
        "investigating",
        None,
        mode="investigate",
        known_gap="investigating whether",
    ),
    Figure("at least $1.3 million", 1300000, None, unit="USD", bound="at_least"),
    Figure("8 million euros", 8000000, 8000000, unit="EUR"),
    OneActor(("Gregor Pell", "Pell")),
    OneActor(("Ister Maritime", "the firm"), known_gap="the firm after a company's name"),
]

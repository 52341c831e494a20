import pytest

ONE = [
    ("The final toll was 52 dead and 700 injured.", "killed 52/52/52, injured 700/700/700"),
    ("Two drivers were taken to hospital with minor injuries.", "injured 2/2/2"),
    ("Ten people were shot, two of them fatally, in Gary.", "killed 2/2/2, injured 8/8/8"),
    ("Three people were stabbed, one fatally, in Gary.", "killed 1/1/1, injured 2/2/2"),
    ("Five people were stabbed, one critically, in Gary.", "injured 5/5/5"),
    ("Nine people were shot and three of them died.", "killed 3/3/3, injured 6/6/6"),
    ("Nine people were shot, three of whom died.", "killed 3/3/3, injured 6/6/6"),
    (
        "One man is dead and another is fighting for his life after a double stabbing in Gary.",
        "killed 1/1/1, injured 1/1/1",
    ),
    (
        "The death toll climbed to 67 after four bodies were pulled from the rubble.",
        "killed 67/67/67",
    ),
    (
        "Nine people were killed when a bus overturned in Gao and five others were wounded.",
        "killed 9/9/9, injured 5/5/5",
    ),
    (
        "A blast in Gao killed 17 people on Monday. A doctor put the number of dead at 17."
        " Some 26 people were taken to hospital.",
        "killed 17/17/17, injured -/26/-",
    ),
    (
        "A baker in Toledo shot his wife dead on Monday before taking his own life, police said.",
        "killed 2/2/2",
    ),
    (
        "Deputies say Orrin shot dead his sister and her husband before committing suicide.",
        "killed 3/3/3",
    ),
    (
        "A farmer in Gao shot his brother dead, wounded a neighbour and then committed suicide.",
        "killed 2/2/2, injured 1/1/1",
    ),
    (
        "A gunman killed two people in Gao on Monday, but his friends are committing suicide.",
        "killed 2/2/2",
    ),
    (
        "A shooting killed one and wounded four in Gao. The mayor spoke. The market was closed."
        " Two women and three men were wounded, the hospital said.",
        "killed 1/1/1, injured 4/4/4",
    ),
    (
        "A shooting killed one and wounded four in Gao. Six others were wounded by glass.",
        "killed 1/1/1, injured 10/10/10",
    ),
    (
        "A man who police say was shot in the leg was named on Monday.",
        "injured 1/1/1",
    ),
    (
        "Orrin Vale, 25, who deputies said suffered a wound to the head, was named on Monday.",
        "injured 1/1/1",
    ),
    (
        "A bomb killed five people in Gao on Monday. The five people were traders.",
        "killed 5/5/5",
    ),
    (
        "A bomb killed five people in Gao on Monday. Nine others were wounded.",
        "killed 5/5/5, injured 9/9/9",
    ),
    (
        "A bomb killed five people in Gao. The blast also wounded nine people.",
        "killed 5/5/5, injured 9/9/9",
    ),
    (
        "Gunmen killed two soldiers and three civilians in Gao.",
        "killed 5/5/5",
    ),
    (
        "Gunmen killed two soldiers in Gao on Monday. Three civilians were also killed.",
        "killed 5/5/5",
    ),
    (
        "Gunmen killed two teachers in Gao on Monday. Another three teachers were killed.",
        "killed 5/5/5",
    ),
    (
        "Two guards were killed on the spot in Gao. Three more died in hospital.",
        "killed 5/5/5",
    ),
    (
        "Nine people died in a fire in Gao, among them three nurses.",
        "killed 9/9/9",
    ),
    (
        "Nine people, including three children, were killed in a fire in Gao.",
        "killed 9/9/9",
    ),
    (
        "Nine people were killed in a fire in Gao. Three of them were children.",
        "killed 9/9/9",
    ),
    (
        "Nine people were killed in a fire in Gao. Among the dead were three children.",
        "killed 9/9/9",
    ),
    (
        "Nine people died in a fire in Gao. Two children were among the dead.",
        "killed 9/9/9",
    ),
    (
        "A blast killed 12 people in Gao. Two more died on Tuesday, raising the toll to 14.",
        "killed 14/14/14",
    ),
    (
        "A blast killed 12 people in Gao on Monday. The death toll later rose to 14.",
        "killed 14/14/14",
    ),
    (
        "A suicide bomber killed five people in Gao.",
        "killed 5/5/5",
    ),
    (
        "A man blew himself up at a market in Gao, killing five people.",
        "killed 5/5/5",
    ),
    (
        "A man blew himself up in Gao, killing himself and five others.",
        "killed 6/6/6",
    ),
    (
        "A gunman killed five people in Gao. The gunman was also shot dead.",
        "killed 6/6/6",
    ),
    (
        "Gunmen kidnapped four engineers near Diffa. The engineers were seized at dawn.",
        "abducted 4/4/4",
    ),
    (
        "A ferry sank off Lome. Ten people drowned and 14 are missing.",
        "killed 10/10/10, missing 14/14/14",
    ),
    (
        "A blast killed dozens of people in Gao. Doctors counted 31 dead.",
        "killed 31/31/31",
    ),
    (
        "At least 12 people were killed in Gao. Hundreds were injured.",
        "killed 12/12/-, injured 200/-/-",
    ),
    (
        "Two soldiers and at least three civilians were killed in Gao.",
        "killed 5/5/-",
    ),
    (
        "A raid killed eight rebels in Gao. The eight were buried on Monday.",
        "killed 8/8/8",
    ),
    (
        "A car hit a bus in Gao. The driver and two passengers were killed.",
        "killed 3/3/3",
    ),
    (
        "A truck overturned in Gao, killing the driver and injuring three passengers.",
        "killed 1/1/1, injured 3/3/3",
    ),
    (
        "There was a blast at a bank in Gao. No one was killed, but four people were hurt.",
        "killed 0/0/0, injured 4/4/4",
    ),
    (
        "Gunmen killed a mayor and his driver in Gao. His bodyguard was wounded.",
        "killed 2/2/2, injured 1/1/1",
    ),
    (
        "A nurse was shot in Gao on Monday. She died in hospital.",
        "killed 1/1/1",
    ),
    (
        "Three men were kidnapped near Diffa on Monday. Their bodies were found on Tuesday.",
        "abducted 3/3/3",
    ),
    (
        "Gunmen shot two traders dead in Gao.",
        "killed 2/2/2",
    ),
    (
        "A quake in northern Chile killed 61 people. In Iquique, 42 people died, while 19 were"
        " killed in Pisagua.",
        "killed 61/61/61",
    ),
]
UNREAL = [
    ("If five people die, the alarm sounds.", "hypothetical killed 5/5/5"),
    ("He will be charged with murder if she dies.", "hypothetical killed 1/1/1"),
    ("Even if five people die, the race goes on.", "killed 5/5/5"),
    ("A quake of that size would leave 500 dead.", "hypothetical killed 500/500/500"),
    ("It was not clear how many people had been killed.", ""),
    ("Officials did not say how many soldiers died.", ""),
    ("He was charged with the attempted murder of two officers.", ""),
    ("The death of the bishop after a long illness was announced on Monday.", ""),
    ("The film tells the story of a woman who killed her husband.", ""),
]
SEVERAL = [
    (
        "A bomb killed five people in Gao on Monday. Elsewhere, gunmen killed two nuns in Kidal.",
        "killed 5/5/5 | killed 2/2/2",
    ),
    (
        "A bomb killed five people in Gao. In a separate attack in Kidal, two nuns were killed.",
        "killed 5/5/5 | killed 2/2/2",
    ),
    (
        "Gunmen killed three people in Peshawar and two in Bannu.",
        "killed 3/3/3 | killed 2/2/2",
    ),
    (
        "A bus crash killed 12 people in Kenya. Meanwhile, a fire in Peru killed four people.",
        "killed 12/12/12 | killed 4/4/4",
    ),
    (
        "Gunmen killed a mayor in Basra. In another development, a bomb killed three soldiers"
        " in Mosul.",
        "killed 1/1/1 | killed 3/3/3",
    ),
    (
        "A blast killed five people in Gao on Sunday. On Monday, gunmen killed two people at"
        " the funeral.",
        "killed 5/5/5 | killed 2/2/2",
    ),
    (
        "Bombs killed 61 people on Monday. In Mosul, a car bomb killed 42 people. A rocket killed"
        " 19 people in Basra.",
        "aggregate killed 61/61/61 | killed 42/42/42 | killed 19/19/19",
    ),
    (
        "A quake killed 40 people in Iran. In Chile, an avalanche killed two climbers.",
        "killed 40/40/40 | killed 2/2/2",
    ),
]
TITLED = [
    ("Five killed in Gao blast", "A blast killed five people in Gao on Monday.", "killed 5/5/5"),
    ("12 die in Gao fire", "A fire in Gao killed 14 people, doctors said.", "killed 14/14/14"),
    ("Dozens die in Gao fire", "A fire in Gao killed 31 people.", "killed 31/31/31"),
    ("Gao mourns", "A fire in Gao killed 31 people.", "killed 31/31/31"),
    ("Five killed in Gao blast", "", "killed 5/5/5"),
    ("Five dead, ten wounded in Gao", "", "killed 5/5/5, injured 10/10/10"),
    ("Man killed in Gao", "A man was killed in Gao on Monday.", "killed 1/1/1"),
    (None, "A fire in Gao killed 31 people.", "killed 31/31/31"),
]
DISAGREE = [
    (
        "Police said 12 people were killed in the raid on Gao. Villagers said 20 people were"
        " killed.",
        "killed 12/12/20",
    ),
    (
        "The raid on Gao killed 12 people, police said. Witnesses said the raid killed 20 people.",
        "killed 12/12/20",
    ),
    (
        "The army said 12 people were killed in the raid on Gao. The rebels said 20 people were"
        " killed in the raid.",
        "killed 12/12/20",
    ),
    (
        "Officials said the blast in Gao killed at least 12 people. Doctors said the blast killed"
        " 14 people.",
        "killed 12/12/14",
    ),
]


HEADLINES = [
    (
        "Sheriff: Toledo 13-year-old kills 6-year-old brother, self",
        "A 13-year-old boy shot his brother to death and then committed suicide on Monday.",
        "killed 2/2/2",
    ),
    ("Gao baker kills wife, self", "The baker shot his wife dead, then himself.", "killed 2/2/2"),
    (
        "Four found dead in burned car",
        "The sheriff spoke on Monday.\n\nTOLEDO, Ohio -- All of the victims found dead in a burned"
        " car last week have been named.",
        "killed 4/4/4",
    ),
    (
        "3 dead, 1 hurt on farm near Gao",
        "Friends met on Monday. They lit candles. Songs were sung. The market was closed.\n\n"
        "Adam Kone, 60, and Musa Diarra, 26, died at the scene.",
        "killed 3/3/3, injured 1/1/1",
    ),
]


@pytest.mark.parametrize(("title", "text", "expected"), HEADLINES)
def test_one_event_under_its_headline(title, text, expected, outcome):
    assert outcome(text, title) == expected


@pytest.mark.parametrize(("text", "expected"), ONE)
def test_one_event(text, expected, outcome):
    assert outcome(text) == expected


def test_one_of_the_hurt_who_died_is_not_counted_with_them(outcome):
    text = (
        "Two men were arrested on Monday in the killing of a 38-year-old man, who died a week after"
        " he and four others were wounded in a shooting in Gao."
    )
    title = "Two arrested in shooting that killed one, injured 4 others"
    assert outcome(text, title) == "killed 1/1/1, injured 4/4/4"


def test_vague_figures_make_no_sum_of_dead_and_hurt(outcome):
    text = "On Monday 11 people were killed and 35 wounded by a bomb in Gao."
    assert outcome(text, "11 dead, dozens hurt in Gao") == "killed 11/11/11, injured 35/35/35"


@pytest.mark.parametrize(("text", "expected"), UNREAL)
def test_what_did_not_happen(text, expected, outcome):
    assert outcome(text) == expected


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_several_events(text, expected, outcome):
    assert outcome(text) == expected


@pytest.mark.parametrize(("title", "text", "expected"), TITLED)
def test_headline_and_text_tell_one_event(title, text, expected, outcome):
    assert outcome(text, title) == expected


@pytest.mark.parametrize(("text", "expected"), DISAGREE)
def test_sources_disagree(text, expected, outcome):
    assert outcome(text) == expected


RELATIONS = [
    ("A bomb killed five people in Gao.", ["total"]),
    (
        "Nine people died in a fire in Gao. Three of the dead were children, and two nurses were"
        " among the dead.",
        ["total", "subset", "subset"],
    ),
    (
        "A bomb killed 12 people in Gao on Monday. The death toll later rose to 14.",
        ["superseded", "total"],
    ),
    ("A bomb killed two soldiers and three civilians in Gao.", ["part", "part"]),
    (
        "Two guards were killed on the spot in Gao. Three more died in hospital.",
        ["part", "part"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), RELATIONS)
def test_relations(text, expected, accounts):
    (account,) = accounts(text)
    assert [claim.relation for claim in account.claims] == expected


def test_order_of_accounts_is_the_text_s(accounts):
    found = accounts(
        "A bomb killed five people in Gao on Monday. Elsewhere, gunmen killed two nuns in Kidal."
    )
    assert [account.ordinal for account in found] == [0, 1]
    assert [account.claims[0].sentence for account in found] == [1, 2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A snow slide in Nagano left several pupils injured. Eight pupils were found in the snow "
         "and 40 others were injured, a teacher said.", "injured 40/40/40"),
        ("A bus crash left several pupils injured. Another four were hurt in the rescue.",
         "injured 6/-/-"),
        ("A man drove a van onto the bridge in Gao, killing four people before being shot dead by "
         "an officer.", "killed 5/5/5"),
        ("A man stabbed two women in Gao before being killed by police.",
         "killed 1/1/1, injured 2/2/2"),
        ("Four people were tortured before being shot dead by gunmen in Gao.", "killed 4/4/4"),
        ("Rebels hit a post in Gao, wounding several people. A blast was heard. A bomb went off "
         "near the school. Medics said that six wounded people were receiving care.",
         "injured 6/6/6"),
        ("Nine men died in Gao. Medics said that six injured recruits were receiving care in a "
         "military training centre.", "killed 9/9/9, injured 6/6/6"),
    ],
)  # fmt: skip
def test_what_comes_on_top(text, expected, outcome):
    assert outcome(text) == expected

"""How police, rescuers and mourners tell of the dead, class by class."""

import pytest

DEATHS = [
    ("A man of 19 was found with stab wounds and was pronounced dead at the scene in Hull.",
     "killed 1/1/1"),
    ("A woman in her 60s was sadly pronounced dead after the crash near Hull.", "killed 1/1/1"),
    ("Three climbers were swept to their deaths by an avalanche in the Tatras.", "killed 3/3/3"),
    ("Two painters were thrown to their deaths from a tower in Doha.", "killed 2/2/2"),
    ("Five persons were matcheted to death in Jos.", "killed 5/5/5"),
    ("A watchman was pelted to death in Indore.", "killed 1/1/1"),
    ("Sixteen civilians fell martyr in the shelling.", "killed 16/16/16"),
    ("He touched a live wire in Lahore and was killed.", "killed 1/1/1"),
    ("Four brothers were ambushed on their way to a wedding in Sinaloa and shot dead.",
     "killed 4/4/4"),
    ("Gunmen shot five passengers in Dolow, killing them.", "killed 5/5/5"),
    ("Gunmen lined up five passengers in Dolow and shot them dead.", "killed 5/5/5"),
    ("An officer and his brother, himself a policeman, were killed in Quetta.", "killed 2/2/2"),
    ("A nurse and her husband, also a nurse, were killed in Quetta.", "killed 2/2/2"),
    ("A fire in Fez left nine people with burns.", "injured 9/9/9"),
    ("Nine people had burns after the fire in Fez.", "injured 9/9/9"),
]  # fmt: skip

SOLE = [
    ("Four dead in Darwin. Police believe a man killed his three sons before taking his own life.",
     "killed 4/4/4"),
    ("Neither of the two pilots survived the crash near Graz.", "killed 2/2/2"),
    ("Not one of the 44 passengers survived the crash.", "killed 44/44/44"),
    ("One of the 44 passengers survived the crash.", "killed 43/43/43"),
    ("A gas bottle blew up in Fez. The cook was the only fatality.", "killed 1/1/1"),
    ("A collision near Lille hurt six people. The sole fatality was a boy of four.",
     "killed 1/1/1, injured 6/6/6"),
    ("Eight people were killed, 12 were injured and 20 houses fell in the quake.",
     "killed 8/8/8, injured 12/12/12"),
    ("Eight people died, 12 were hurt.", "killed 8/8/8, injured 12/12/12"),
    ("Ana Ruiz, 12, and her brother were hurt in the blast.", "injured 2/2/2"),
    ("Five people were killed in Kaya: three by gunfire and two by a grenade.", "killed 5/5/5"),
    ("A gunman killed four neighbours in Cetinje before a passer-by shot him dead.",
     "killed 5/5/5"),
    ("A jogger was fatally struck by a car in Reno.", "killed 1/1/1"),
    ("Six people fell victim to the attack on a bar.", "killed 6/6/6"),
    ("Thousands fell victim to the fraud.", ""),
    ("Two men were left nursing gunshot wounds after a row in Mthatha.", "injured 2/2/2"),
]  # fmt: skip

BODIES = [
    ("A body found in the Severn on Friday was identified as that of Owen Pryce, 19.",
     "killed 1/1/1"),
    ("A body recovered from the Severn is that of a missing teacher, police said.",
     "killed 1/1/1"),
    ("Gunmen raided Zurmi at dusk. Residents buried 20 people the next day.", "killed 20/20/20"),
    ("Gunmen raided Zurmi at dusk and killed 22. Residents buried 20 people the next day.",
     "killed 22/22/22"),
]  # fmt: skip

MISSING = [
    ("Two boys missing since Friday were found dead in Multan.", "killed 2/2/2"),
    ("A girl reported missing on Friday was found dead in Multan.", "killed 1/1/1"),
    ("The coast guard rescued 13 migrants, recovered two bodies and was searching for the"
     " remaining 30.", "killed 2/2/2, missing 30/30/30"),
    ("At least 90 people are missing and presumed dead.",
     "missing 90/90/- | hypothetical killed 90/90/-"),
]  # fmt: skip

HURT = [
    ("A woman was strangled and her sister beaten unconscious in Ghent.",
     "killed 1/1/1, injured 1/1/1"),
    ("Eleven mourners were stung by hornets in Ourense.", "injured 11/11/11"),
    ("A deck gave way in Malibu on Friday, sending six people to hospital.", "injured 6/6/6"),
    ("Two snowboarders are still buried under an avalanche; a third was dug out dead.",
     "killed 1/1/1, missing 2/2/2"),
    ("Five militants were rendered ineffective, the ministry said.", "killed 5/5/5"),
    ("Five machines were rendered ineffective, the ministry said.", ""),
    ("Twenty-two passengers were hurt, none of them badly, when a ferry struck a jetty.",
     "injured 22/22/22"),
    ("Five climbers fell into a crevasse. One was found dead; four have broken bones.",
     "killed 1/1/1, injured 4/4/4"),
    ("Four athletes have broken records in Oslo.", ""),
    ("The cable of a lift snapped at a mine. Eleven men died. The three survivors are in hospital.",
     "killed 11/11/11, injured 3/3/3"),
    ("Commuters were hit by a bus strike in Leeds.", ""),
    ("Five workers were overcome by fumes at a tannery in Kanpur.", "injured 5/5/5"),
    ("The widow was overcome by grief, and the blast killed two.", "killed 2/2/2"),
    ("A cyclist is fighting for his life after being hit by a bus in Cork.", "injured 1/1/1"),
    ("Six children were bitten by a stray dog in Kottayam.", "injured 6/6/6"),
    ("Two stewards broke bones in a rough landing near Bergen after an explosion.",
     "injured 2/2/2"),
    ("Four soldiers were hit by sniper fire in Marib; two of them died.",
     "killed 2/2/2, injured 2/2/2"),
    ("Twenty people were struck by a van in Ulm. Six of them died.",
     "killed 6/6/6, injured 14/14/14"),
    ("A bridge was struck by a van in Ulm.", ""),
    ("Ten people suffered smoke inhalation in a fire in Lyon.", "injured 10/10/10"),
    ("A man burned to death in Tunis. A guard who tried to save him suffered burns.",
     "killed 1/1/1, injured 1/1/1"),
    ("The shooting left five recruits dead and three with wounds.",
     "killed 5/5/5, injured 3/3/3"),
    ("Two hikers have not been seen since they set out for Ben Nevis.", "missing 2/2/2"),
    ("A flood killed one miner; three miners have yet to be found.",
     "killed 1/1/1, missing 3/3/3"),
    ("The blast in Aden killed nine, a hospital source said; an earlier report had said seven.",
     "killed 9/9/9"),
    ("Police found a man and a woman, both suffering from gunshot wounds, in Ocala. The man,"
     " identified as Glenn Ortt, 51, died at the scene. The woman is in stable condition.",
     "killed 1/1/1, injured 1/1/1"),
    ("The toll of the blast in Jos rose to 27. Eighteen people are still being treated, six of them"
     " in intensive care.", "killed 27/27/27, injured 18/18/18"),
    ("A bomb killed two soldiers near Mopti on Monday. No group has claimed it. The army is"
     " searching the area. In August, 14 soldiers died in an ambush near Boni.",
     "killed 2/2/2 | background killed 14/14/14"),
]  # fmt: skip

TOLLS = [
    ("The raid has left a toll of one person wounded and damage to over 20 shops.",
     "injured 1/1/1"),
    ("The toll on the bridge rose to 12 dollars on Monday.", ""),
    ("Police put the dead at 17 and the wounded at 50 after the blast in Herat.",
     "killed 17/17/17, injured 50/50/50"),
    ("The mayor put the number of dead in the blast at 17 and that of the injured at 50.",
     "killed 17/17/17, injured 50/50/50"),
    ("At least 15 people were killed in Herat, officials said late on Friday. On Saturday the"
     " governor put the dead at 17.", "killed 17/17/17"),
    ("Officials had spoken of 30 dead in the mine, but the fire service corrected the number to"
     " 22.", "killed 22/22/22"),
    ("Officials reported 30 dead in the mine. On Monday the fire service revised the figure to"
     " 32.", "killed 32/32/32"),
    ("Three more bodies were pulled out on Friday, taking the dead to eight.", "killed 8/8/8"),
    ("Another victim of the blast in Fez died on Friday, bringing the number of dead to four."
     " Three people died on the spot.", "killed 4/4/4"),
]  # fmt: skip

SCOPES = [
    ("Officials reported 34 deaths since the cyclone hit Beira on Saturday.", "killed 34/34/34"),
    ("Twelve miners trapped since Saturday near Dhanbad have died.", "killed 12/12/12"),
    ("A reporter was shot dead in Xalapa, the fourth to be murdered in Mexico this year.",
     "killed 1/1/1"),
    ("A prank caller said that three people had been shot dead in Oslo.",
     "hypothetical killed 3/3/3"),
    ("The thriller, in which six nuns are murdered, opens on Friday.",
     "hypothetical killed 6/6/6"),
    ("One in five soldiers was wounded.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), DEATHS + SOLE + BODIES + MISSING + HURT + TOLLS + SCOPES)
def test_figures(outcome, text, told):
    assert outcome(text) == told

"""Figures told far from their verb, their event or their total, class by class."""

import pytest

SENTENCES = [
    # behind "along with", whatever is said between
    ("Between 20 and 30 rebels died in the raid, an officer said, along with up to six traders.",
     "killed 20/26/36"),
    ("Gunmen shot dead Ana Ruiz, a judge, in Gao, as well as her two guards.", "killed 3/3/3"),
    ("Two guards died, the army said, along with a cook, and five people were hurt.",
     "killed 3/3/3; injured 5/5/5"),
    ("Soldiers killed five rebels near Gao, the army said, as well as seizing guns.",
     "killed 5/5/5"),
    ("Three men were held, along with two women, after the fire that killed four people.",
     "killed 4/4/4"),
    # the verb is left out
    ("Nine died at the scene and four more on the way to hospital.", "killed 13/13/13"),
    ("The crash killed the driver instantly and two nuns later in hospital.", "killed 3/3/3"),
    ("Six died at the scene and two were in hospital with burns.", "killed 6/6/6; injured 2/2/2"),
    ("Five died in the blast and 12 in hospital with burns.", "killed 5/5/5"),
    # of a whole that is counted too; its number is no age
    ("Of the 46 passengers, 12 died on the spot.", "killed 12/12/12"),
    ("Of the 46 passengers on the bus, 12 died instantly and 30 were injured.",
     "injured 30/30/30; killed 12/12/12"),
    ("Among the 50 pilgrims, 12 died at the scene and eight in hospital.", "killed 20/20/20"),
    ("The driver of the bus, 34, died.", "killed 1/1/1"),
    # nobody
    ("No deaths or injuries were reported after the quake.", "injured 0/0/0; killed 0/0/0"),
    ("No one was killed or injured in the blast.", "injured 0/0/0; killed 0/0/0"),
    ("There were no casualties in the blast.", "injured 0/0/0; killed 0/0/0"),
    ("No injuries were reported in the blast.", "injured 0/0/0"),
    ("No human casualties were reported in the blaze.", "injured 0/0/0; killed 0/0/0"),
    ("There were no civilian casualties in the strike.", ""),
    ("No serious injuries were reported in the crash.", ""),
    ("They strike at night so that there are no casualties.",
     "unreal injured 0/0/0; unreal killed 0/0/0"),
    ("Crews shut the road to make sure nobody was killed.", "unreal killed 0/0/0"),
    # wiped out
    ("The gunmen wiped out a family of six in Ituri.", "killed 6/6/6"),
    ("An entire family of five was wiped out in a crash near Kano.", "killed 5/5/5"),
    ("The army said it wiped out 40 rebels near Beni.", "killed 40/40/40"),
    ("The raid wiped out the village of Ndim.", ""),
    ("It is wiping out the terrorist threat.", ""),
    ("In Niger the elephants have been wiped out.", ""),
    ("The crash wiped out their savings.", ""),
    ("Drought wiped out 30 cattle and 200 sheep.", ""),
    # told by who cares for them
    ("The clinic admitted nine pupils with burns.", "injured 9/9/9"),
    ("The hospital received the bodies of nine men and treated 30 others.",
     "injured 30/30/30; killed 9/9/9"),
    ("Ambulances took nine people to hospital after the crash.", "injured 9/9/9"),
    ("Doctors treated 12 people after the blast.", "injured 12/12/12"),
    ("The hospital admitted 300 people with cholera.", ""),
    ("The clinic treated 400 patients last year.", ""),
    ("The hospital received 30 new patients.", ""),
    ("He took his wife to the hospital.", ""),
    # losses and claims
    ("The rebels said they had lost only three fighters.", "killed 3/3/3"),
    ("We lost nine of our men.", "killed 9/9/9"),
    ("The rebels claimed to have killed 40 soldiers.", "killed 40/40/40"),
    ("The plan was to have killed 40 soldiers.", "unreal killed 40/40/40"),
    # of a number told before
    ("The bus carried 40 people, of whom 12 died.", "killed 12/12/12"),
    ("The crash hurt 30 people, of whom three later died.", "injured 30/30/30; killed 3/3/3"),
    ("Five soldiers and as many rebels died in the clash.", "killed 10/10/10"),
    ("Five soldiers and an equal number of rebels died.", "killed 10/10/10"),
    ("Three guards were killed and as many nuns wounded.", "injured 3/3/3; killed 3/3/3"),
    ("The mayor himself was killed.", "killed 1/1/1"),
    ("The dog itself was killed.", ""),
    ("In Gao, 16 died.", "killed 16/16/16"),
    ("Musa Bello, 16, died.", "killed 1/1/1"),
    ("Twice as many people were killed by snakes.", "killed 2/-/-"),
    ("A bomb went off in the old quarter of Fez, killing nine.", "killed 9/9/9"),
    ("A man attacked a train, stabbing two nuns to death.", "killed 2/2/2"),
    ("A mob caught the thief and burned him alive.", "killed 1/1/1"),
    ("The army surrounded 12 rebels and killed them.", "killed 12/12/12"),
    ("They led away 12 rebels and took them to Gao.", ""),
    ("A teacher and mother of five who was shot died.", "injured 1/1/1; killed 1/1/1"),
    ("Of those injured, five have since died.", "killed 5/5/5"),
    ("She was stabbed on Friday and has since died.", "injured 1/1/1; killed 1/1/1"),
    ("Those killed were two nurses and a driver.", "killed 3/3/3"),
    ("The dead were mostly women.", ""),
    ("Seven, possibly eight, people were killed.", "killed 7/7/8"),
    ("Hundreds, if not thousands, were killed.", "killed 200/-/-"),
    ("Ten people, if not more, were killed.", "killed 10/10/10"),
    # nouns that look like casualty words
    ('She called the shooting a "terrorist" act.', ""),
    ("He had a small cut on his arm.", ""),
    ("Eva Lund, of Leeds, who was stabbed, died in hospital.", "injured 1/1/1; killed 1/1/1"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_sentence(sentence, expected, mentions):
    told = sorted(mentions(sentence).split("; "))
    assert told == sorted(expected.split("; "))


ARTICLES = [
    # who did it dies
    ("Raiders stormed a hotel in Gao on Monday, killing 12 people. All five raiders were"
     " shot dead.",
     "killed 17/17/17"),
    ("A man died in hospital on Monday after killing his two neighbours in Gary.",
     "killed 3/3/3"),
    ("The clerk was shot dead by police after stabbing to death three colleagues in Gary.",
     "killed 4/4/4"),
    ("The driver died on Monday after crashing into a crowd in Gary and killing three people.",
     "killed 4/4/4"),
    # a number that rises in a later sentence
    ("A fire in Gao on Friday killed 51 people. By Sunday it stood at 112.", "killed 112/112/112"),
    ("Floods killed 51 people in Gao on Friday. The count later rose to 60.", "killed 60/60/60"),
    ("Floods killed 51 people in Gao on Friday. The price of rice rose to 60.", "killed 51/51/51"),
    ("Floods killed 51 people in Gao on Friday. It rose to 60 per cent.", "killed 51/51/51"),
    # rivals, and others beside them
    ("The rebels said on Monday they had killed 20 soldiers in Gao. The ministry said only two"
     " soldiers had been killed and that 11 rebels had died.", "killed 13/13/13"),
    ("Police said on Monday four miners were killed in Gao; union leaders put the figure at 30.",
     "killed 4/4/30"),
    ("Residents of Gao counted 38 corpses on Monday, while police gave the number of dead as 15.",
     "killed 15/15/38"),
    ("Police shot dead 25 people in Rio on Monday; one officer also died.", "killed 26/26/26"),
    ("A blast killed 25 people in Rio on Monday; one officer was among the dead.",
     "killed 25/25/25"),
    ("Troops killed four rebels in Gao on Monday. Two farmers were caught in crossfire and died.",
     "killed 6/6/6"),
    # one event or two
    ("Twin bombings killed 12 people and wounded 40 in Gao on Friday.",
     "killed 12/12/12, injured 40/40/40"),
    ("Twin bombings killed 12 people in Gao on Friday. The first bomb killed seven people and the"
     " second five.", "aggregate killed 12/12/12 | killed 7/7/7 | killed 5/5/5"),
    ("A storm killed 225 people in Malawi on Monday. It also killed 21 in Mozambique.",
     "killed 225/225/225 | killed 21/21/21"),
    ("At least 14 marchers were killed across Myanmar on Monday. Eight of the 14 were killed in"
     " Yangon.", "killed 14/14/-"),
    ("Fourteen inmates died in a riot in Manta on Thursday. On Monday, 13 inmates and a guard died"
     " in Machala.", "killed 14/14/14 | killed 14/14/14"),
    ("GAO - Two guards were killed by gunmen on Monday.\nMOPTI - A car bomb killed two nuns.\nSEGOU"
     " - Police found the bodies of two men.", "killed 2/2/2 | killed 2/2/2 | killed 2/2/2"),
    ("Herders killed 18 people in Gao on Wednesday, an official said. The council chairman said 46"
     " bodies had been recovered by Thursday.", "killed 46/46/46"),
    # recalled by their distance
    ("A gunman killed four people in Tulsa on Monday. It came eight days after a teenager shot dead"
     " 19 pupils in Texas.", "killed 4/4/4 | background killed 19/19/19"),
    ("A bomb killed nine people in Gao on Monday. It came two days after gunmen killed five people"
     " in Mopti.", "killed 9/9/9 | killed 5/5/5"),
    ("A bomb killed nine people in Gao on Monday. It came months after a mob killed 12 people.",
     "killed 9/9/9 | background killed 12/12/12"),
    ("Security forces killed 27 rebels near Gao on Monday. One member of the force was killed and"
     " two others were hurt.", "killed 28/28/28, injured 2/2/2"),
    ("A bomb hit a convoy of soldiers near Gao on Monday, killing two of them.", "killed 2/2/2"),
    # local news
    ("A man was killed in a shooting in Gary on Monday. Two boys were grazed by bullets.",
     "killed 1/1/1, injured 2/2/2"),
    ("A man killed his parents in Gary on Sunday and then fired at officers, who killed him.",
     "killed 3/3/3"),
    ("Gary police are investigating two homicides. On Saturday a man was shot dead in an alley. On"
     " Sunday a woman was found stabbed to death.",
     "aggregate killed 2/2/2 | killed 1/1/1 | killed 1/1/1"),
    ("A mason died when a trench collapsed in Gary on Monday. A second mason was pulled out with a"
     " broken pelvis.", "killed 1/1/1, injured 1/1/1"),
    # with the verb of what is told before
    ("Some 300 people have been killed in three days of fighting in Gao, a doctor said on Tuesday,"
     " and more than 3,000 hurt.", "aggregate killed -/300/- | aggregate injured 3000/3000/-"),
    ("Twelve people were killed in a blast in Gao, police said on Tuesday, and 30 more hurt.",
     "killed 12/12/12, injured 30/30/30"),
    # the wounded who come are news
    ("By nightfall on Monday 31 wounded people had arrived at the hospital in Gao.",
     "injured 31/31/31"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ARTICLES)
def test_article(text, expected, outcome):
    assert outcome(text) == expected


HEADLINES = [
    ("Teen killed, another injured in crash",
     "A driver of 17 was killed and his passenger was hurt when their car hit a tree in Gary on"
     " Friday.", "killed 1/1/1, injured 1/1/1"),
    ("Storm kills 15", "The storm killed 12 people in Haiti and three in Cuba on Monday.",
     "killed 15/15/15"),
    ("Strikes kill seven over past day",
     "Attacks killed seven people over the past day, officials said. In Kherson, three people were"
     " killed. In Sumy two people were killed. Two died in Kharkiv.",
     "aggregate killed 7/7/7 | aggregate killed 7/7/7 | killed 3/3/3 | killed 2/2/2 | killed"
     " 2/2/2"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "expected"), HEADLINES)
def test_headline_that_sums_up(title, text, expected, outcome):
    assert outcome(text, title=title) == expected

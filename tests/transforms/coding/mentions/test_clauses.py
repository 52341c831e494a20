import pytest

PASSIVE = [
    ("Five people were killed in Gao.", "killed 5/5/5"),
    ("Five people were reportedly killed in Gao.", "killed 5/5/5"),
    ("Five people have been killed in Gao.", "killed 5/5/5"),
    ("Five people were shot and killed in Gao.", "killed 5/5/5"),
    ("Five people were wounded by shrapnel.", "injured 5/5/5"),
    ("Five people were killed and nine were injured.", "killed 5/5/5; injured 9/9/9"),
    ("Five people were killed and nine injured.", "killed 5/5/5; injured 9/9/9"),
    ("Three aid workers were kidnapped near Diffa.", "abducted 3/3/3"),
    ("A teacher was abducted from her home.", "abducted 1/1/1"),
    ("The mayor was assassinated on Monday.", "killed 1/1/1"),
    ("Two nurses got killed on the road.", "killed 2/2/2"),
    ("Two monks were beheaded by the group.", "killed 2/2/2"),
    ("Several traders were killed.", "killed 2/-/-"),
    ("Soldiers were killed in the ambush.", "killed 2/-/-"),
    ("Dozens were killed when the dam broke.", "killed 24/-/-"),
    ("At least 22 were killed.", "killed 22/22/-"),
    ("Four people were burned to death.", "killed 4/4/4"),
    ("Four people were shot dead.", "killed 4/4/4"),
    ("Four people were gunned down.", "killed 4/4/4"),
    ("Four people were found dead.", "killed 4/4/4"),
    ("Four people were pronounced dead.", "killed 4/4/4"),
    ("Six engineers were taken hostage.", "abducted 6/6/6"),
    ("Amina Diallo was killed in Gao.", "killed 1/1/1"),
    ("He was killed on the spot.", "killed 1/1/1"),
    ("Four men were fatally wounded in the clash.", "killed 4/4/4"),
]
ACTIVE = [
    ("Gunmen killed five traders in Gao.", "killed 5/5/5"),
    ("Gunmen have killed five traders.", "killed 5/5/5"),
    ("The blast killed at least 22 people.", "killed 22/22/-"),
    ("A bomb killed 5 and wounded 12.", "killed 5/5/5; injured 12/12/12"),
    ("The rebels kidnapped three nurses.", "abducted 3/3/3"),
    ("Attackers slaughtered the mother and three sisters.", "killed 4/4/4"),
    ("Gunmen killed a policeman and his driver.", "killed 2/2/2"),
    ("Gunmen killed a soldier, a nurse and a child.", "killed 3/3/3"),
    ("Gunmen killed two soldiers and three civilians.", "killed 5/5/5"),
    ("Gunmen shot dead two traders.", "killed 2/2/2"),
    ("Rebels killed an officer and wounded another in Gao.", "killed 1/1/1; injured 1/1/1"),
    ("The fire claimed 17 lives.", "killed 17/17/17"),
    ("The fire claimed the lives of 17 people.", "killed 17/17/17"),
    ("The crash took the lives of two nuns.", "killed 2/2/2"),
    ("The bomber killed himself and five others.", "killed 6/6/6"),
    ("He killed Ana Ruiz and the driver replied that he had not seen it.", "killed 1/1/1"),
    ("A man shot and killed two guards.", "killed 2/2/2"),
    ("The storm injured hundreds of people.", "injured 200/-/-"),
    ("The blast left five people dead.", "killed 5/5/5"),
    ("The blast left five dead and nine wounded.", "killed 5/5/5; injured 9/9/9"),
    ("The raid killed as many as 40 rebels.", "killed -/40/40"),
    ("The raid killed between 20 and 30 rebels.", "killed 20/20/30"),
    ("Pirates seized four sailors off Lome.", "abducted 4/4/4"),
    ("Militants beheaded Pavel Horak.", "killed 1/1/1"),
]
OBJECTS_AND_SUBJECTS = [
    ("The blast killed nine people and 12 others were injured.", "killed 9/9/9; injured 12/12/12"),
    ("The blaze killed nine people, and three guards are missing.", "killed 9/9/9; missing 3/3/3"),
    ("Gunmen shot dead two men and a boy was wounded.", "killed 2/2/2; injured 1/1/1"),
    ("Gunmen abducted nine people and three guards died.", "abducted 9/9/9; killed 3/3/3"),
    ("The gunmen attacked two guards and 12 people were hurt.", "injured 12/12/12"),
    ("A bomb left five people and a guard dead.", "killed 6/6/6"),
    ("Two guards and 12 inmates were killed.", "killed 14/14/14"),
    ("Officials said two guards and 12 inmates were killed.", "killed 14/14/14"),
]
ASIDES = [
    ("The bus was carrying 40 passengers, 27 of whom died.", "killed 27/27/27"),
    ("She and her two children were killed.", "killed 3/3/3"),
    ("He and his brother were shot dead.", "killed 2/2/2"),
    ("A pregnant woman and her unborn child died in the blast.", "killed 1/1/1"),
    ("Half of the 30 pupils on the bus were wounded.", "injured 15/15/15"),
    ("About a quarter of the army's 80 soldiers were killed.", "killed -/20/-"),
    ("Most of the army's 80 soldiers were killed.", ""),
    ("All but two of the 12 crew died in the blaze.", "killed 10/10/10"),
    ("Eva Soto, 31, was found strangled in her flat.", "killed 1/1/1"),
    ("The number of dead, initially put at 10, has been revised to eight.", "killed 8/8/8"),
    ("Four people — three women and a child — died in Multan.", "killed 4/4/4"),
    ("Four people - three women and a child - were killed in Multan.", "killed 4/4/4"),
    ("The victims — a nurse and a driver — were killed in Multan.", "killed 2/2/2"),
    ("Six priests -- five Spaniards and a Salvadoran -- and two women died.", "killed 8/8/8"),
    ("Five people are in a local hospital with burns.", "injured 5/5/5"),
    ("Five people are in hospital with cholera.", ""),
    ("A boat with 12 people on board disappeared off Libya.", "missing 12/12/12"),
    ("A boat with 12 people on board was sunk off Libya.", ""),
    ("The trawler, with 11 crew on board, went missing.", "missing 11/11/11"),
    ("Her husband was taken from their home by masked men.", "abducted 1/1/1"),
    ("Thirty travellers were taken away by bandits near Kaduna.", "abducted 30/30/30"),
]
PARTICIPLE = [
    ("A bomb exploded, killing five people.", "killed 5/5/5"),
    ("A bus overturned, killing 5 and injuring 12.", "killed 5/5/5; injured 12/12/12"),
    ("A bomb exploded, killing at least five people.", "killed 5/5/-"),
    ("He blew himself up, killing five people.", "killed 5/5/5"),
    ("He blew himself up, killing himself and five others.", "killed 6/6/6"),
    ("The mine exploded, wounding several soldiers.", "injured 2/-/-"),
    ("Gunmen raided the clinic, kidnapping two nurses.", "abducted 2/2/2"),
    ("A truck hit a crowd, leaving five dead.", "killed 5/5/5"),
    ("A truck hit a crowd, leaving five people dead.", "killed 5/5/5"),
    ("The quake struck at dawn, claiming 40 lives.", "killed 40/40/40"),
]
INTRANSITIVE = [
    ("Five people died in the fire.", "killed 5/5/5"),
    ("Five people have died of cholera.", "killed 5/5/5"),
    ("Five people lost their lives.", "killed 5/5/5"),
    ("A guard lost his life.", "killed 1/1/1"),
    ("Two sailors drowned.", "killed 2/2/2"),
    ("Two climbers perished on the ridge.", "killed 2/2/2"),
    ("Two miners suffocated underground.", "killed 2/2/2"),
    ("Three men later succumbed to their wounds.", "killed 3/3/3"),
    ("A boy bled to death.", "killed 1/1/1"),
    ("Five people are dead.", "killed 5/5/5"),
    ("Five people are dead and nine are missing.", "killed 5/5/5; missing 9/9/9"),
    ("Five fishermen are missing.", "missing 5/5/5"),
    ("Five fishermen went missing.", "missing 5/5/5"),
    ("Five fishermen remain missing.", "missing 5/5/5"),
    ("Five fishermen were reported missing.", "missing 5/5/5"),
    ("Five fishermen are unaccounted for.", "missing 5/5/5"),
    ("Five fishermen disappeared off Dakar.", "missing 5/5/5"),
    ("Five people suffered burns.", "injured 5/5/5"),
    ("Five people sustained minor injuries.", "injured 5/5/5"),
    ("The mayor was among the dead.", "killed 1/1/1"),
    ("Twelve people were treated for smoke inhalation.", "injured 12/12/12"),
    ("Two people hurt in the blast died.", "killed 2/2/2"),
]
NOUNS = [
    ("The deaths of 87 protesters shocked Lima.", "killed 87/87/87"),
    ("The killing of two monks was condemned.", "killed 2/2/2"),
    ("The murder of a judge shocked Lima.", "killed 1/1/1"),
    ("The abduction of three nurses was condemned.", "abducted 3/3/3"),
    ("There were 12 deaths.", "killed 12/12/12"),
    ("Officials counted 12 deaths.", "killed 12/12/12"),
    ("There were 12 fatalities and 30 injuries.", "killed 12/12/12; injured 30/30/30"),
    ("Police found five bodies.", "killed 5/5/5"),
    ("Five bodies were found near Gao.", "killed 5/5/5"),
    ("The bodies of five men were found near Gao.", "killed 5/5/5"),
    ("Rescuers recovered the bodies of two miners.", "killed 2/2/2"),
    ("Rescuers pulled 14 bodies from the river.", "killed 14/14/14"),
    ("The army suffered 30 casualties.", "casualties 30/30/30"),
    ("The group holds four hostages.", "abducted 4/4/4"),
    ("No one was killed.", "killed 0/0/0"),
    ("Nobody was hurt.", "injured 0/0/0"),
]
TOLLS = [
    ("The death toll rose to 32.", "killed 32/32/32"),
    ("The death toll has risen to at least 32.", "killed 32/32/-"),
    ("The death toll stands at 32.", "killed 32/32/32"),
    ("The death toll reached 32 on Monday.", "killed 32/32/32"),
    ("The death toll rose from 12 to 14.", "killed 14/14/14"),
    ("Three died, raising the death toll to 14.", "killed 3/3/3; killed 14/14/14"),
    ("Officials put the death toll at nearly 200.", "killed -/200/200"),
    ("A death toll of 32 was announced.", "killed 32/32/32"),
    ("The number of injured rose to 210.", "injured 210/210/210"),
    ("The number of missing is now 14.", "missing 14/14/14"),
    ("The number of dead has reached 50.", "killed 50/50/50"),
    ("The death toll exceeded 1,200.", "killed 1200/1200/-"),
    ("The death toll climbed to 1,200.", "killed 1200/1200/1200"),
]
OR = [
    ("Twenty people were dead or missing.", "casualties 20/20/20"),
]
HEADLINES = [
    ("Avalanche kills 7 pupils, teacher in Japan", "killed 8/8/8"),
    ("Blast wounds 12 pupils, guard at school in Gao", "injured 13/13/13"),
    ("Bomb kills 5 soldiers, officer says", "killed 5/5/5"),
    ("Taliban kill policemen in Helmand", "killed 2/-/-"),
    ("How Trade Rules Kill Jobs", ""),
    ("Police kill 3 gunmen, officer among wounded", "killed 3/3/3"),
    ("Five dead in Gao blast", "killed 5/5/5"),
    ("Five dead, ten hurt in Gao blast", "killed 5/5/5; injured 10/10/10"),
    ("Blast kills five in Gao", "killed 5/5/5"),
    ("Gunmen kill five in Gao", "killed 5/5/5"),
    ("Air strikes kill 25 in Gao, medics say", "killed 25/25/25"),
    ("Air strikes kill 5, injure 20 in Gao", "killed 5/5/5; injured 20/20/20"),
    ("Rebels kill officer, wound another in Gao", "killed 1/1/1; injured 1/1/1"),
    ("All 62 aboard Brazil plane killed", "killed 62/62/62"),
    ("Three on motorbike killed in Gao", "killed 3/3/3"),
    ("Five members of a family found murdered", "killed 5/5/5"),
    ("Man kills wife, two sons, self in Gary", "killed 4/4/4"),
    ("Man kills wife, sons, self in Gary", "killed 4/-/-"),
    ("Man kills wife then himself in Gary", "killed 2/2/2"),
    ("Mob lynches man in Patna", "killed 1/1/1"),
    ("Elephant tramples two to death in Odisha", "killed 2/2/2"),
    ("Toll in bus fire 25", "killed 25/25/25"),
    ("Quake toll passes 2,000", "killed 2000/2000/2000"),
    ("Ferry sinking toll mounts to 40", "killed 40/40/40"),
    ("Five killed in Gao blast", "killed 5/5/5"),
    ("Two shot dead in Gao", "killed 2/2/2"),
    ("Man killed in Gao", "killed 1/1/1"),
    ("Bus crash leaves 12 dead", "killed 12/12/12"),
    ("12 killed, 30 injured as bus overturns", "killed 12/12/12; injured 30/30/30"),
    ("Three nurses kidnapped in Diffa", "abducted 3/3/3"),
    ("Ten missing after boat sinks", "missing 10/10/10"),
    ("Ferry sinks, 40 feared dead", "unreal killed 40/40/40"),
    ("Death toll from quake rises to 140", "killed 140/140/140"),
    ("Family of five killed in fire", "killed 5/5/5"),
    ("GUNMEN KILL FIVE PEASANTS IN GAO", "killed 5/5/5"),
    ("Quake toll hits 140", "killed 140/140/140"),
    ("Nine die as roof collapses", "killed 9/9/9"),
]
PEOPLE = [
    ("The mother and three sisters were killed.", "killed 4/4/4"),
    ("The mayor, his wife and two sons were killed.", "killed 4/4/4"),
    ("A couple and their three children died.", "killed 5/5/5"),
    ("A policeman, 34, and his driver were shot dead.", "killed 2/2/2"),
    ("Amina Diallo and Omar Farah were killed.", "killed 2/2/2"),
    ("Amina Diallo, a nurse, was killed.", "killed 1/1/1"),
    ("A nurse, Amina Diallo, was killed.", "killed 1/1/1"),
    ("The two nurses, a man and a woman, were killed.", "killed 2/2/2"),
    ("A farmer and two of his sons were killed.", "killed 3/3/3"),
    ("One of the drivers was killed.", "killed 1/1/1"),
    ("A dozen villagers were killed.", "killed 12/12/12"),
    ("Half a dozen villagers were killed.", "killed 6/6/6"),
    ("A 22-year-old teacher was killed.", "killed 1/1/1"),
    ("Two 9-year-old girls were killed.", "killed 2/2/2"),
    ("Another five people were killed.", "killed 5/5/5"),
    ("Five more people were killed.", "killed 5/5/5"),
    ("A pregnant woman was killed.", "killed 1/1/1"),
    ("The publisher and parliamentarian was killed.", "killed 1/1/1"),
]
RELATIVE = [
    ("The bomb that killed five people was home-made.", "killed 5/5/5"),
    ("Five people who were killed in Gao were buried.", "killed 5/5/5"),
    ("Five people killed in Gao were buried.", "killed 5/5/5"),
    ("Rebels who had entered Gao killed five people.", "killed 5/5/5"),
    ("Five people, most of them women, were killed.", "killed 5/5/5"),
    ("Five people on a bus from Gao to Kidal were killed.", "killed 5/5/5"),
    ("Five people (most of them women) were killed.", "killed 5/5/5"),
    ("The attack, in which five people died, began at dawn.", "killed 5/5/5"),
    ("Police say five people were killed.", "killed 5/5/5"),
    ("“Five people were killed,” he said.", "killed 5/5/5"),
    ("Five people are believed to have been killed.", "killed 5/5/5"),
]
UNREAL = [
    ("The bomb could have killed five people.", "unreal killed 5/5/5"),
    ("Five people were not killed.", "not killed 5/5/5"),
    ("He planned to assassinate the mayor.", "unreal killed 1/1/1"),
    ("The storm may kill five people.", "unreal killed 5/5/5"),
    ("The storm would injure 20 people.", "unreal injured 20/20/20"),
    ("Five people were nearly killed.", ""),
]
NOTHING = [
    "The committee killed the bill.",
    "The court upheld the death penalty.",
    "The race ended in a dead heat.",
    "The fire killed 200 cattle.",
    "The storm destroyed 40 houses.",
    "Police arrested 40 people.",
    "Some 400 people were evacuated.",
    "The dead sea is 400 metres below the sea.",
    "Twelve amendments died in committee.",
    "Five people voted.",
    "The army killed the engine.",
    "Phones went dead in 12 towns.",
    "The price shock killed 3,000 jobs.",
    "",
]


@pytest.mark.parametrize(("sentence", "expected"), PASSIVE)
def test_passive(sentence, expected, mentions):
    assert mentions(sentence) == expected


@pytest.mark.parametrize(("sentence", "expected"), ACTIVE)
def test_active(sentence, expected, mentions):
    assert mentions(sentence) == expected


@pytest.mark.parametrize(("sentence", "expected"), OBJECTS_AND_SUBJECTS)
def test_an_object_is_no_part_of_the_next_subject(sentence, expected, mentions):
    assert mentions(sentence) == expected


@pytest.mark.parametrize(("sentence", "expected"), ASIDES)
def test_asides_and_who_was_where(sentence, expected, mentions):
    assert mentions(sentence) == expected


@pytest.mark.parametrize(("sentence", "expected"), PARTICIPLE)
def test_participle(sentence, expected, mentions):
    assert mentions(sentence) == expected


@pytest.mark.parametrize(("sentence", "expected"), INTRANSITIVE)
def test_verbs_whose_subject_is_the_victim(sentence, expected, mentions):
    assert mentions(sentence) == expected


@pytest.mark.parametrize(("sentence", "expected"), NOUNS)
def test_nouns(sentence, expected, mentions):
    assert mentions(sentence) == expected


@pytest.mark.parametrize(("sentence", "expected"), TOLLS)
def test_running_tolls(sentence, expected, mentions):
    assert mentions(sentence) == expected


@pytest.mark.parametrize(("sentence", "expected"), OR)
def test_dead_or_hurt_can_not_be_split(sentence, expected, mentions):
    assert mentions(sentence) == expected


@pytest.mark.parametrize(("sentence", "expected"), HEADLINES)
def test_headline(sentence, expected, mentions):
    assert mentions(sentence, headline=True) == expected


@pytest.mark.parametrize(("sentence", "expected"), PEOPLE)
def test_lists_of_people(sentence, expected, mentions):
    assert mentions(sentence) == expected


@pytest.mark.parametrize(("sentence", "expected"), RELATIVE)
def test_words_in_between(sentence, expected, mentions):
    assert mentions(sentence) == expected


@pytest.mark.parametrize(("sentence", "expected"), UNREAL)
def test_not_real(sentence, expected, mentions):
    assert mentions(sentence) == expected


@pytest.mark.parametrize("sentence", NOTHING)
def test_false_friends(sentence, mentions):
    assert mentions(sentence) == ""

"""Incidents told in one to three sentences, as lists and registers of incidents have them."""

import pytest

SETTLED = [
    # what hurts spectators or athletes off the field is no sport
    ("A stampede at a football match in Conakry injured 30 people.", "injured 30/30/30"),
    ("Forty members of the league were injured when police opened fire.", "injured 40/40/40"),
    ("A constable was shot in the knee and injured.", "injured 1/1/1"),
    ("Bandits stopped a motorcycle rider near Gao and injured him.", "injured 1/1/1"),
    ("Gunmen attacked the team's bus before the tournament, wounding three players.",
     "injured 3/3/3"),
    ("A goalkeeper was stabbed and wounded outside his home.", "injured 1/1/1"),
    ("The midfielder was injured in training.", ""),
    ("Two players were hurt in the second half of the match.", ""),
    ("The rider was injured in stage four of the race.", ""),
    # "the other" of two
    ("Two brothers fought over land. One of them stabbed and injured the other.", "injured 1/1/1"),
    ("Two nuns were stabbed. One died and the other was critically injured.",
     "killed 1/1/1, injured 1/1/1"),
    ("One boy killed the other with a machete.", "killed 1/1/1"),
    ("One of the brothers shot and killed the other. They had found a gun and one shot the other.",
     "killed 1/1/1"),
    # the victims stand behind the second of two verbs
    ("A man killed and robbed two shopkeepers in Gao.", "killed 2/2/2"),
    ("A man beaten and robbed in Gao two weeks ago has died.", "killed 1/1/1"),
    # between the victim and "dead"
    ("Police shot a man of Malian origin dead after he stabbed a teacher.",
     "killed 1/1/1, injured 1/1/1"),
    ("A man stabbed a priest in his church to death.", "killed 1/1/1"),
    # who did it is hit in turn
    ("A gunman killed two guards in a bank and was shot dead by police.", "killed 3/3/3"),
    ("A gunman wounded two guards, then was killed by police.", "killed 1/1/1, injured 2/2/2"),
    ("Husband murders his wife and injures his two sons, then commits suicide",
     "killed 2/2/2, injured 2/2/2"),
    ("The perpetrator was killed by police.", "killed 1/1/1"),
    # his own death, told in the next sentence or by his name
    ("Ivo Moreno, a former guard, shot and killed 26 people and wounded 20 at a church. He was"
     " found dead in his car.", "killed 27/27/27, injured 20/20/20"),
    ("A man killed his wife and two sons. He was found dead at the scene.", "killed 4/4/4"),
    ("Ivo Moreno killed two guards. Police searched his home. Moreno was found dead in a wood.",
     "killed 3/3/3"),
    ("A woman stabbed four people in a shop. She was shot dead by an officer.",
     "killed 1/1/1, injured 4/4/4"),
    ("A man killed a clerk and two guards. He was pronounced dead in hospital.", "killed 3/3/3"),
    ("Soldiers killed four people in Gao. He was killed too.", "killed 4/4/4"),
    ("Three people were killed in a stabbing. The attacker was shot and arrested.",
     "killed 3/3/3, injured 1/1/1"),
    ("A man with a knife killed two women at a station and he was shot dead by police.",
     "killed 3/3/3"),
    ("A raider killed a man and took a woman hostage before he was shot dead by police.",
     "killed 2/2/2, abducted 1/1/1"),
    ("After wounding three officers and killing another civilian, the gunman was killed.",
     "killed 2/2/2, injured 3/3/3"),
    ("Police shot and killed a man in Reno. The gunman was killed after a chase.", "killed 1/1/1"),
    ("Ana Ruiz, a clerk, opened fire at her workplace before committing suicide.", "killed 1/1/1"),
    ("Many choose a job abroad before committing suicide.", ""),
    ("On 3 May, a former clerk fired at the men who had dismissed him, killing six. He was later"
     " killed by police.", "killed 7/7/7"),
    # lists, and a further deed of his
    ("He opened fire in a church, killing the minister, six others and wounding four more.",
     "killed 7/7/7, injured 4/4/4"),
    ("A man killed a nun, a cook, a guard and wounded two others.", "killed 3/3/3, injured 2/2/2"),
    ("After killing two nuns and a cook in Gao, a boy of the town in Mopti, Mali fled.",
     "killed 3/3/3"),
    ("A clerk shot three teachers, killing them all.", "killed 3/3/3"),
    ("A man shot and killed a former girlfriend and a clerk, and then fatally shot the Salem police"
     " chief.", "killed 3/3/3"),
    ("A boy shot a pupil, killing him. He later shot and killed the school's principal and wounded"
     " two others.", "killed 2/2/2, injured 2/2/2"),
    # several attacks on one spot at one time are one event
    ("Nine people were killed in two suicide bombings at a mosque in Kano.", "killed 9/9/9"),
    ("Two bombs exploded in Kano, killing twelve.", "killed 12/12/12"),
    ("Nine people were killed in three attacks in Nigeria.", "aggregate killed 9/9/9"),
    ("After two bombs failed to explode, the pupils fired at their classmates, killing twelve.",
     "killed 12/12/12"),
    # a later deed
    ("A bomb killed six soldiers in Sabha. One hour later a suicide bomber blew herself up at a"
     " bank, killing herself and a guard.", "killed 8/8/8"),
    # two degrees of a wound; taken before being freed
    ("A guard was killed and four others were lightly to moderately injured.",
     "killed 1/1/1, injured 4/4/4"),
    ("A farmer was released 13 days after being abducted by rebels.", "abducted 1/1/1"),
    # what was brought about was done
    ("A quarrel led a man to shoot his girlfriend, kill her daughter, and injure a neighbour.",
     "killed 1/1/1, injured 2/2/2"),
    ("He went on to kill 12 people and injure 56 others.", "killed 12/12/12, injured 56/56/56"),
    ("He planned to kill 12 people and injure 56 others.",
     "hypothetical killed 12/12/12, injured 56/56/56"),
    # led to safety
    ("The prime minister was whisked away to the safety of the palace after the blast.", ""),
    ("Three people died and two others became injured.", "killed 3/3/3, injured 2/2/2"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SETTLED)
def test_incidents(text, expected, outcome):
    assert outcome(text) == expected

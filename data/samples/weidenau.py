"""The second cluster of the demo: the fictional Weidenau Food Valley, small and yearly."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from portfolio.cluster import Cluster
from portfolio.funding.rules import Capacity, Limit, Requires
from portfolio.funding.sources import Source
from portfolio.project import Scope
from portfolio.scenario import Scenario
from portfolio.scoring.criteria import Anchor, Criterion
from portfolio.units import Calendar

CLUSTER = Cluster(
    id="weidenau-food",
    name="Weidenau Food Valley",
    currency="EUR",
    calendar=Calendar(date(2027, 1, 1), 12, 4),
    purpose=(
        "A fictional cluster of farms, dairies, mills and kitchens in an invented valley. Every "
        "name and figure is made up; any likeness to a real one is chance."
    ),
    discount_rate=0.035,
    next_board=date(2027, 1, 21),
    fictional=True,
)

ORGANIZATIONS = """
id            | name                     | role          | size | group | sector          | region         | country | flags
alder-mill    | Alder Mill               | business      | S    |       | milling         | Upper Weidenau | DE      |
brookfield    | Brookfield Dairy         | business      | M    |       | dairy           | Lower Weidenau | DE      | b
canteens      | Valley Canteens          | business      | M    | Tafel | catering        | Weidenau Town  | DE      |
cider-house   | Five Orchards            | business      | S    |       | cider           | Upper Weidenau | DE      | n
farm-school   | Weidenau Farm School     | academia      | -    |       | training        | Lower Weidenau | DE      | b
food-bank     | Weidenau Food Bank       | civil society | -    |       | food aid        | Weidenau Town  | DE      |
herb-garden   | Herb Garden Collective   | business      | S    |       | herbs           | Upper Weidenau | DE      | n
pulse         | Pulse Pasta              | business      | S    |       | pasta           | Weidenau Town  | DE      |
ripen         | Ripen Sensors            | business      | S    |       | food sensors    | Weidenau Town  | DE      |
seedbank      | Valley Seed Bank         | association   | -    |       | seeds           | Upper Weidenau | DE      |
tafel-retail  | Tafel Markets            | business      | L    | Tafel | retail          | Weidenau Town  | DE      |
tu-weidenau   | Weidenau University      | academia      | -    |       | university      | Weidenau Town  | DE      |
valley-county | Weidenau County          | public        | -    |       | local government| Weidenau Town  | DE      | b
guild-north   | Fermentation Guild North | association   | -    |       | fermentation    | Gelderland     | NL      |
"""

MEMBERS = """
id            | name           | organization  | chair | lean
hanne-vogt    | Hanne Vogt     | brookfield    | yes   | 0.1
emil-rast     | Emil Rast      | farm-school   |       | 0.2
petra-lindner | Petra Lindner  | valley-county |       | -0.2
"""

PROPOSALS = """
id            | name                 | theme        | lead          | partners                  | leader       | grant | cost | low | likely | high | launch | pts | pcs | pay | begin   | months | profile | scope | staff | ship | view | plan
pea-cheese    | Cheese from peas     | New proteins | brookfield    | pulse,tu-weidenau         | Jutta Haas   | 120   | 300  | 600 | 1300   | 2600 | 80     | 60  | 55  | 30  | 2027-02 | 24     | 2,1     | P     | 20    | 0    | 424  |
bean-pasta    | Bean pasta line      | New proteins | pulse         | alder-mill                | Ivo Maric    | 80    | 210  | 400 | 700    | 1100 | 40     | 80  | 72  | 18  | 2027-03 | 18     | 1,1     | P     | 10    | 0    | 323  |
starter-bank  | Starter culture bank | New proteins | tu-weidenau   | brookfield,guild-north   | Dr. Lea Orth | 90    | 190  | 300 | 600    | 1200 | 20     | 82  | 70  | 24  | 2027-01 | 24     | 1,1     | C     | 20    | 0    | 242  |
dry-store     | Shared drying hall   | Shared plant | alder-mill    | herb-garden,cider-house   | Max Auer     | 110   | 280  | 350 | 650    | 1000 | 30     | 90  | 82  | 16  | 2027-04 | 18     | 2,1     | C     | 15    | 0    | 433  |
press-house   | Mobile press         | Shared plant | cider-house   | food-bank                 | Rosa Winkler | 60    | 140  | 180 | 340    | 520  | 10     | 92  | 85  | 10  | 2027-03 | 12     | 1       | C     | 10    | 0    | 433  |
cold-chain    | Cold chain by bicycle| Shared plant | canteens      | tafel-retail,valley-county| Jan Otten    | 70    | 160  | 120 | 260    | 480  | 10     | 85  | 70  | 12  | 2027-05 | 12     | 1       | H     | 15    | 0    | 223  |
ripeness      | Ripeness by smell    | Less waste   | ripen         | tafel-retail              | Dr. Kim Sol  | 130   | 300  | 700 | 1600   | 3600 | 120    | 55  | 55  | 32  | 2027-02 | 30     | 1,2,1   | P     | 20    | 0    | 343  |
surplus       | Surplus exchange     | Less waste   | food-bank     | tafel-retail,canteens     | Uta Frey     | 50    | 110  | 150 | 300    | 500  | 5      | 88  | 80  | 9   | 2027-01 | 12     | 1       | C     | 25    | 0    | 344  |
whey-drink    | A drink from whey    | Less waste   | brookfield    | cider-house               | Jutta Haas   | 70    | 180  | 300 | 560    | 900  | 30     | 80  | 70  | 15  | 2027-02 | 18     | 1,1     | P     | 10    | 0    | 323  |
field-school  | Field school         | Skills       | farm-school   | seedbank,valley-county    | Emil Rast    | 80    | 170  | 220 | 380    | 600  | 0      | 94  | 88  | 14  | 2027-04 | 24     | 1,1     | C     | 25    | 0    | 242  |
herb-lessons  | Herbs for canteens   | Skills       | herb-garden   | canteens                  | Noor Becker  | 40    | 80   | 90  | 180    | 300  | 0      | 92  | 86  | 8   | 2027-03 | 9      | 1       | C     | 10    | 0    | 233  |
old-grain     | Old grain, new bread | Skills       | seedbank      | alder-mill,farm-school    | Max Auer     | 60    | 130  | 120 | 240    | 420  | 5      | 88  | 78  | 20  | 2027-08 | 18     | 1,1     | C     | 15    | 0    | 223  |
"""

SUMMARIES = {
    "pea-cheese": "A ripened cheese from field peas. It melts; it does not yet keep.",
    "bean-pasta": "A second line for pasta from local beans, with the mill next door.",
    "starter-bank": "Cultures of eleven dairies, kept in two freezers in two villages.",
    "dry-store": "One drying hall for herbs, hops and apples, booked by the day.",
    "press-house": "A press on a trailer for orchards that throw their windfall away.",
    "cold-chain": "Cooled cargo bicycles for the last three kilometers.",
    "ripeness": "A nose for cold stores that knows pears from ripe pears.",
    "surplus": "Yesterday's bread and tomorrow's lunch, matched before noon.",
    "whey-drink": "Whey that now goes to the pigs, with apple.",
    "field-school": "A winter course for people who take over a farm without having grown up on one.",
    "herb-lessons": "Cooks of twelve canteens learn from those who grow it.",
    "old-grain": "Four old grains tried by four bakers for two harvests.",
}

UNSURE: dict[str, tuple[str, ...]] = {"petra-lindner": ("starter-bank", "ripeness")}
SPLITS: dict[str, dict[str, int]] = {"cold-chain": {"hanne-vogt": 0, "petra-lindner": 4}}

RUNNING = """
id           | name                | theme        | lead         | partners               | leader       | grant | cost | begin      | end        | forecast   | done | spent | last       | weeks | pts | pcs | payoff        | scope | milestones
milk-robots  | Milk by the hour    | Shared plant | brookfield   | ripen                  | Jutta Haas   | 140   | 320  | 2026-02-02 | 2027-03-31 | 2027-03-31 | 70   | 226   | 2026-11-09 | 6     | 80  | 70  | 350,650,1000  | P     | Gate 1: first farm@2026-07-31=2026-07-28*; Gate 2: ten farms@2027-01-29*
seed-library | Seed library        | Skills       | seedbank     | farm-school            | Max Auer     | 40    | 80   | 2026-03-02 | 2026-12-18 | 2027-02-26 | 62   | 60    | 2026-11-02 | 8     | 92  | 85  | 80,150,240    | C     | Gate 1: three hundred sorts@2026-10-02>2026-12-11*
compost-heat | Heat from compost   | Less waste   | valley-county| food-bank,-cider-house | Uta Frey     | 90    | 210  | 2026-01-12 | 2027-06-30 | 2027-09-17 | 44   | 118   | 2026-10-30 | 6     | 65  | 60  | 200,420,800   | H     | Gate 1: a warm greenhouse@2026-09-25=2026-11-06*
label-plain  | Labels in plain words| Less waste  | tafel-retail | canteens               | Jan Otten    | 30    | 70   | 2026-05-04 | 2026-12-31 | 2026-12-31 | 88   | 61    | 2026-11-16 | 6     | 95  | 88  | 60,130,220    | C     | Gate 1: forty products@2026-10-16=2026-10-15*
mill-wheel   | Mill wheel          | Shared plant | alder-mill   | tu-weidenau            | Max Auer     | 60    | 150  | 2026-04-01 | 2027-03-31 | 2027-03-31 | 61   | 90    | 2026-11-13 | 6     | 85  | 80  | 140,260,400   | P     | Gate 1: wheel turns@2026-10-30=2026-10-23*
"""

NOTES = {
    "milk-robots": "Seven of ten farms connected.",
    "seed-library": "Drying took the whole autumn; the shelves wait.",
    "compost-heat": "Five Orchards stepped out; the county brings the wood chips instead.",
    "label-plain": "Forty-four products, and two complaints.",
    "mill-wheel": "Turns, and makes more noise than promised.",
}

RUNNING_SUMMARIES = {
    "milk-robots": "Small farms share one milk robot contract.",
    "seed-library": "Seeds to borrow in spring and bring back in autumn.",
    "compost-heat": "Greenhouses heated by the county's compost.",
    "label-plain": "What is in it, in words that a tired shopper reads.",
    "mill-wheel": "The old wheel makes power again.",
}

CLOSED = """
id           | name               | theme        | lead         | grant | cost | begin   | end        | closed     | pts | pcs | payoff       | ok | paid | spent | reason              | lesson
insect-bar   | Insect bar         | New proteins | pulse        | 70    | 160  | 2022-03 | 2023-08-31 | 2023-04-21 | 70  | 35  | 200,500,1100 | n  | 10   | 110   | Nobody bought twice | Sell a hundred by hand before a line is built.
farm-shops   | Farm shop vans     | Less waste   | canteens     | 60    | 140  | 2022-05 | 2024-04-30 | 2024-05-10 | 90  | 80  | 150,280,420  | y  | 310  | 136   | Finished            | The driver is the shop.
bread-course | Baking course      | Skills       | farm-school  | 30    | 60   | 2023-01 | 2023-12-15 | 2023-12-15 | 95  | 92  | 60,110,170   | y  | 120  | 59    | Finished            | Start at five, as bakers do.
glass-return | Glass that returns | Shared plant | tafel-retail | 80    | 190  | 2022-09 | 2024-08-31 | 2024-02-16 | 75  | 60  | 180,380,700  | n  | 60   | 150   | Washing too far away| Measure the road first.
"""

LEVELS = (0, 2, 5, 7, 9)
VALUES = (0, 20, 50, 75, 100)


def _criterion(id: str, name: str, swing: float, question: str, *words: str) -> Criterion:
    anchors = tuple(
        Anchor(level, value, text) for level, value, text in zip(LEVELS, VALUES, words, strict=True)
    )
    return Criterion(id, name, swing, anchors, shape="anchored", question=question)


CRITERIA = (
    _criterion(
        "pull",
        "Somebody waits for it",
        100,
        "Who would buy it?",
        "nobody",
        "a few would try it",
        "one shop would list it",
        "one shop pays a part",
        "a shop has signed",
    ),
    _criterion(
        "shared",
        "Shared use",
        70,
        "How many of us gain?",
        "one firm",
        "its partners",
        "a trade",
        "most of us",
        "the whole valley",
    ),
    _criterion(
        "land",
        "Good for the land",
        60,
        "What does it do for soil, water and waste?",
        "harm",
        "nothing",
        "a little",
        "much in one place",
        "much everywhere",
    ),
)

SOURCES = (
    Source(
        id="county",
        name="Weidenau County",
        budgets=(15_000_000, 12_000_000, 5_000_000, 0),
        carry_over=True,
        scopes=(Scope.CLUSTER_WIDE, Scope.HOT_SPOT),
    ),
    Source(
        id="growth",
        name="Food growth fund",
        budgets=(12_000_000, 8_000_000, 3_000_000, 0),
        public=False,
        note="Private money for products.",
    ),
)

RULES = (
    Limit(id="themes", attribute="theme", at_most=Decimal("0.45"), origin="Statutes, article 4"),
    Limit(
        id="quick-wins",
        attribute="horizon",
        value="quick win",
        measure="projects",
        at_least=Decimal(2),
        origin="Board decision of May 2026",
    ),
    Limit(
        id="one-organization", attribute="lead", at_most=Decimal("0.30"), origin="Statutes, article 6"
    ),
    Capacity(
        id="staff-days", resource="staff days", amounts=(Decimal(110),), origin="Office plan 2027"
    ),
    Requires(
        id="herbs-need-hall",
        project="herb-lessons",
        needs=("dry-store",),
        origin="Condition of the growers",
    ),
)

SCENARIO = Scenario(name="January 2027 board", sources=SOURCES, rules=RULES)

"""The fictional Halm Maritime Cluster: the 44 proposals on the table in November 2026."""

# Money in thousand euros. low, likely, high and launch are present values given success.
# pts, pcs: chance of technical and of commercial success in 100. pay: months to the first payoff.
# begin, months: first month and duration. profile: how the grant falls over the half-years.
# scope: C cluster-wide, H hot spot, P private collaboration. staff: days of the cluster office.
# ship: days of the test vessel. view: the board's common view on the five criteria (pull, shared
# use, team, clean sea, new ground), as steps 0 to 4 of the scale. plan: y has yearly cash flows.
PROPOSALS = """
id             | name                       | theme             | lead            | partners                              | leader          | grant | cost | low  | likely | high  | launch | pts | pcs | pay | begin   | months | profile | scope | staff | ship | view  | plan
harbor-pilot   | Harbor pilot assist        | Autonomous vessels| blue-grid       | fairway,port-of-halm,tu-forde         | Wiebke Arp      | 240   | 610  | 2600 | 4100   | 6800  | 300    | 62  | 62  | 30  | 2027-02 | 30     | 3,3,2,1,1 | H   | 40    | 14   | 43324 | y
remote-tug     | Remote tug trial           | Autonomous vessels| seawise         | seawise-robotics,port-of-halm         | Hauke Jansen    | 150   | 380  | 1900 | 3300   | 6200  | 200    | 58  | 55  | 34  | 2027-03 | 24     | 2,3,2,1 | P     | 25    | 18   | 32324 | y
collision-pool | Collision data pool        | Autonomous vessels| ostlab          | fairway,maritime-admin,capstan        | Nils Ebert      | 170   | 400  | 1500 | 2600   | 4600  | 150    | 60  | 60  | 28  | 2027-01 | 24     | 1,1,1,1 | C     | 35    | 6    | 24323 |
test-basin     | Autonomy test basin        | Autonomous vessels| tu-forde        | ostlab,nordkai                        | Prof. Ute Rahn  | 260   | 700  | 900  | 1600   | 2600  | 100    | 85  | 80  | 40  | 2027-07 | 30     | 2,3,2,1,1 | C   | 45    | 0    | 34412 |
ferry-convoy   | Convoy of small ferries    | Autonomous vessels| kielwasser      | ferry-union,outer-islands,seawise     | Tomke Bahr      | 220   | 560  | 2000 | 5200   | 11000 | 500    | 40  | 35  | 54  | 2027-04 | 36     | 1,2,2,2,1,1 | H | 50    | 22   | 43144 | y
mooring-robot  | Mooring robot              | Autonomous vessels| tern            | moin-logistics,odense-robotics        | Lene Voss       | 110   | 260  | 900  | 1500   | 2400  | 80     | 68  | 65  | 20  | 2027-02 | 18     | 2,2,1   | P     | 15    | 0    | 41323 | y
shore-control  | Shore control room         | Autonomous vessels| nordkai         | seawise,coast-guard                   | Kai Petersen    | 190   | 480  | 1100 | 1900   | 3000  | 120    | 75  | 70  | 26  | 2027-06 | 24     | 2,2,1,1 | H     | 30    | 8    | 33412 |
ballast-heat   | Heat from ballast water    | Port energy       | kielwasser      | thaw,port-of-halm,holm-lines          | Birte Claussen  | 160   | 400  | 1600 | 2500   | 3900  | 150    | 72  | 68  | 22  | 2027-01 | 24     | 2,2,1,1 | P     | 20    | 4    | 42343 | y
methanol       | Methanol bunkering study   | Port energy       | port-of-halm    | rotterdam-hub,holm-lines,forde-energie| Dr. Arne Lüth   | 140   | 330  | 1200 | 2000   | 3400  | 100    | 70  | 65  | 32  | 2027-02 | 18     | 2,2,1   | C     | 30    | 0    | 33342 | y
peak-load      | Peak-load exchange         | Port energy       | halm-region     | blue-grid,port-of-halm,capstan        | Silke Ohm       | 140   | 340  | 1100 | 1800   | 2900  | 60     | 70  | 62  | 24  | 2027-04 | 24     | 1,2,2,1 | H     | 40    | 0    | 24223 |
quay-7-power   | Shore power at Quay 7      | Port energy       | port-of-halm    | blue-grid,west-shipping,town-halm     | Dr. Arne Lüth   | 90    | 300  | 500  | 800    | 1200  | 20     | 90  | 85  | 14  | 2027-05 | 18     | 3,2,1   | H     | 20    | 0    | 42440 |
green-corridor | Green corridor pact        | Port energy       | maritime-school | gdynia-port,holm-lines,maritime-admin | Greta Wulf      | 120   | 260  | 800  | 1400   | 2600  | 50     | 68  | 60  | 30  | 2027-03 | 24     | 1,1,1,1 | C     | 45    | 0    | 24233 |
hydrogen-crane | Hydrogen crane             | Port energy       | nordkai         | moin-logistics,forde-energie          | Kai Petersen    | 130   | 340  | 1200 | 2200   | 4400  | 200    | 60  | 55  | 38  | 2027-09 | 24     | 1,2,2,1 | P     | 20    | 0    | 31243 |
solar-roof     | Solar quay roof            | Port energy       | blue-grid       | town-halm,waterfront-fund             | Jule Marten     | 100   | 280  | 450  | 600    | 800   | 10     | 95  | 92  | 11  | 2027-03 | 12     | 1,1     | H     | 10    | 0    | 32441 |
trawler-power  | Cold ironing for trawlers  | Port energy       | anker           | fishers-coop,quay-cooling             | Momme Ketels    | 80    | 190  | 300  | 500    | 800   | 20     | 85  | 80  | 12  | 2027-04 | 12     | 1,1     | H     | 10    | 0    | 32342 |
dock-heat      | Heat store in the old dock | Port energy       | forde-energie   | thaw,town-halm                        | Jonas Reimers   |       |      | 900  | 1700   | 3000  | 150    | 60  | 60  | 44  | 2028-01 | 30     | 1,2,2,1,1 | H   | 35    | 0    | 32233 |
seabed-map     | Seabed map, open edition   | Ocean sensing     | ostlab          | mudlark,eelgrass,baltic-sonar         | Dr. Runa Falk   | 250   | 520  | 1900 | 3200   | 5600  | 150    | 63  | 60  | 36  | 2027-01 | 30     | 2,3,3,2,1 | C   | 55    | 24   | 34443 | y
ice-radar      | Ice radar                  | Ocean sensing     | baltic-sonar    | ice-institute,lantern                 | Dr. Ilka Stein  | 180   | 420  | 1000 | 2100   | 4300  | 120    | 65  | 50  | 42  | 2027-07 | 30     | 1,2,2,1,1 | P   | 20    | 16   | 22324 |
whale-listener | Whale listener             | Ocean sensing     | skua            | eelgrass,holm-lines                   | Mats Quast      | 70    | 160  | 350  | 600    | 1000  | 20     | 80  | 75  | 18  | 2027-02 | 18     | 1,1,1   | C     | 15    | 10   | 23342 |
algae-warning  | Algae early warning        | Ocean sensing     | brackwater      | outer-islands,lantern,ostlab          | Dr. Hedda Lorenz| 90    | 200  | 400  | 800    | 1500  | 30     | 75  | 70  | 16  | 2027-03 | 18     | 2,1,1   | C     | 15    | 8    | 23342 |
munitions      | Munitions finder           | Ocean sensing     | baltic-sonar    | seawise-robotics,nordmark-region      | Dr. Ilka Stein  | 230   | 540  | 2400 | 5200   | 12000 | 350    | 55  | 50  | 48  | 2027-03 | 36     | 2,2,2,1,1,1 | H | 30    | 26   | 21133 | y
air-watch      | Harbor air watch           | Ocean sensing     | halm-region     | town-halm,lantern                     | Silke Ohm       | 60    | 130  | 150  | 300    | 500   | 10     | 90  | 85  | 10  | 2027-01 | 12     | 1,1     | H     | 15    | 0    | 23431 |
smart-nets     | Smart nets                 | Ocean sensing     | fishers-coop    | skua,ostlab                           | Onno Jessen     | 110   | 240  | 500  | 1000   | 1900  | 60     | 65  | 60  | 30  | 2027-08 | 24     | 1,2,1,1 | P     | 15    | 12   | 31233 |
buoy-service   | Buoys as a service         | Ocean sensing     | seawise         | lantern,maritime-admin                | Hauke Jansen    | 120   | 300  | 700  | 1200   | 2000  | 60     | 72  | 68  | 24  | 2027-05 | 24     | 1,2,1,1 | C     | 20    | 10   | 33322 |
data-school    | Marine data school         | Skills            | nordkai         | tu-forde,maritime-school,capstan      | Dr. Eva Brix    | 260   | 620  | 1500 | 2100   | 2900  | 40     | 93  | 86  | 20  | 2027-02 | 36     | 2,2,2,1,1,1 | C | 50    | 4    | 44422 |
apprentices    | Apprentice exchange        | Skills            | maritime-school | turku-yard,yard-apprentice            | Greta Wulf      | 60    | 140  | 250  | 420    | 650   | 0      | 95  | 92  | 12  | 2027-08 | 24     | 1,1,1,1 | C     | 25    | 0    | 34421 |
teachers       | Teacher placements         | Skills            | maritime-school | halm-schools,holm-lines               | Rike Thomsen    | 80    | 170  | 280  | 450    | 700   | 0      | 95  | 88  | 16  | 2027-08 | 18     | 1,1,1   | C     | 30    | 0    | 24421 |
simulator      | Simulator hours            | Skills            | tu-forde        | coast-guard,fairway                   | Prof. Ute Rahn  | 50    | 120  | 160  | 300    | 450   | 0      | 96  | 90  | 9   | 2027-01 | 12     | 1,1     | C     | 10    | 0    | 33411 |
returners      | Returners at sea           | Skills            | seawise         | harbor-women,coast-guard              | Merle Otte      | 150   | 310  | 350  | 700    | 1200  | 20     | 85  | 75  | 26  | 2027-04 | 24     | 1,2,2,1 | C     | 40    | 0    | 34322 |
welders        | Welders' academy           | Skills            | nordkai         | steelworkers,yard-apprentice          | Kai Petersen    | 140   | 360  | 400  | 800    | 1300  | 30     | 88  | 82  | 24  | 2027-09 | 24     | 2,2,1,1 | H     | 35    | 0    | 43411 |
girls-boats    | Girls build boats          | Skills            | anker           | harbor-women,halm-schools             | Fenja Boysen    | 40    | 80   | 80   | 160    | 300   | 0      | 95  | 90  | 10  | 2027-05 | 12     | 1,1     | C     | 20    | 2    | 34432 |
composite-lab  | Composite repair lab       | Shared labs       | blue-grid       | nordkai-comp,loop-sails               | Jule Marten     | 110   | 280  | 450  | 750    | 1100  | 30     | 88  | 82  | 18  | 2027-03 | 18     | 3,2,1   | C     | 20    | 0    | 33321 |
clean-room     | Shared clean room          | Shared labs       | tu-forde        | lantern,baltic-sonar,dune             | Dr. Paul Ihde   | 120   | 300  | 500  | 760    | 1100  | 20     | 90  | 85  | 16  | 2027-05 | 18     | 3,2,1   | C     | 15    | 0    | 34421 |
vessel-share   | Test vessel share          | Shared labs       | nordkai         | ostlab,seawise,eelgrass               | Jorid Hamann    | 120   | 290  | 450  | 800    | 1300  | 30     | 92  | 85  | 15  | 2027-01 | 24     | 1,1,1,1 | C     | 25    | 0    | 44431 |
scan-service   | 3D scan service            | Shared labs       | dune            | nordkai-service,pier-nine             | Bela Simon      | 70    | 160  | 250  | 420    | 640   | 15     | 88  | 80  | 12  | 2027-02 | 12     | 2,1     | C     | 10    | 0    | 33322 |
pressure       | Pressure chamber           | Shared labs       | seawise         | baltic-sonar,tu-forde                 | Merle Otte      | 100   | 250  | 400  | 700    | 1100  | 25     | 90  | 80  | 20  | 2027-06 | 18     | 2,2,1   | C     | 15    | 0    | 33421 |
corrosion-wall | Corrosion wall             | Shared labs       | brackwater      | bright-anodes,nordkai                 | Dr. Hedda Lorenz| 50    | 110  | 120  | 240    | 420   | 5      | 90  | 85  | 22  | 2027-03 | 24     | 1,1,1,1 | C     | 10    | 0    | 23322 |
second-basin   | Wave tank, second basin    | Shared labs       | tu-forde        | spindrift,ostlab                      | Prof. Ute Rahn  | 200   | 480  | 700  | 1300   | 2300  | 60     | 78  | 72  | 40  | 2027-10 | 30     | 2,3,2,1,1 | C   | 30    | 0    | 23312 |
buyers-week    | Buyers' week               | Market access     | halm-region     | chamber-halm,turku-yard               | Silke Ohm       | 50    | 110  | 150  | 320    | 600   | 0      | 95  | 85  | 8   | 2027-03 | 9      | 1,1     | C     | 30    | 0    | 44321 |
first-customer | First-customer fund        | Market access     | port-of-halm    | gull-ventures,dockside-bank           | Dr. Arne Lüth   | 160   | 360  | 500  | 1100   | 2400  | 50     | 80  | 65  | 22  | 2027-04 | 30     | 1,2,2,1,1 | C   | 40    | 0    | 34223 |
cluster-label  | Cluster label              | Market access     | chamber-halm    | pier-nine,halm-region                 | Ole Brodersen   | 40    | 90   | 60   | 180    | 350   | 0      | 90  | 80  | 18  | 2027-02 | 18     | 1,1,1   | C     | 25    | 0    | 13311 |
busan-stand    | Joint stand in Busan       | Market access     | seawise         | busan-marine,chamber-halm,kielwasser  | Hauke Jansen    | 70    | 160  | 180  | 400    | 900   | 0      | 90  | 65  | 12  | 2027-06 | 9      | 2,1     | C     | 25    | 0    | 32311 |
tender-desk    | Nordic tender desk         | Market access     | fjord-funk      | turku-yard,odense-robotics,chamber-halm| Sanna Ikonen   | 60    | 130  | 150  | 380    | 700   | 10     | 85  | 80  | 10  | 2027-01 | 18     | 1,1,1   | C     | 15    | 0    | 33321 |
yard-exports   | Export clinic for small yards | Market access  | chamber-halm    | loop-sails,dockside-bank              | Ole Brodersen   | 50    | 120  |      |        |       | 0      | 90  |     | 14  | 2027-09 | 12     | 1,1     | C     | 25    | 0    | 23311 |
"""

# What some proposals and projects are built on: what goes wrong with it goes wrong for all of them.
TECHNOLOGIES = {
    "batteries": ("battery-barge", "peak-load", "salt-battery", "trawler-power"),
    "heat pumps": ("ballast-heat", "dock-heat", "dock-pump"),
    "hydrogen and fuel cells": ("fuel-tender", "hydrogen-crane"),
    "machine vision": ("harbor-pilot", "hull-drones", "mooring-robot", "remote-tug", "scan-service"),
    "remote control": ("ferry-convoy", "shore-control"),
    "sonar": ("cable-watch", "cod-count", "munitions", "seabed-map", "whale-listener"),
    "sensor buoys": ("algae-warning", "buoy-network-1", "buoy-network-2", "buoy-service"),
}

# Other ways to run a proposal, asked for in October: money in thousand euros, worth and loss by
# waiting in 100, least: the smallest part in 100 that may be funded. waits: the last day to start.
WAYS = """
id             | version                    | grant | cost | worth | least | waits      | loss
data-school    | Two schools instead of four| 165   | 400  | 68    |       |            |
harbor-pilot   | One ship, by day only      | 140   | 360  | 55    |       |            |
ferry-convoy   | Two ferries                | 130   | 340  | 62    |       |            |
first-customer |                            |       |      |       | 40    |            |
vessel-share   |                            |       |      |       | 50    |            |
ballast-heat   |                            |       |      |       |       | 2027-12-31 | 3
peak-load      |                            |       |      |       |       | 2028-01-31 | 4
second-basin   |                            |       |      |       |       | 2028-07-31 | 2
"""

# What a proposal can show first: thousand euros of its grant, half-years, and cases of 100 in which
# it passes its gate.
FIRST_STAGES = """
id             | first | periods | gate
ferry-convoy   | 40    | 1       | 40
munitions      | 60    | 1       | 55
remote-tug     | 30    | 1       | 58
collision-pool | 40    | 1       | 60
hydrogen-crane | 30    | 1       | 60
harbor-pilot   | 50    | 1       | 62
"""

# A member's level (as a step 0 to 4) on every criterion where the board does not agree.
SPLITS = {
    # low for three, high for four
    "ice-radar": {"maren-oldsen": 1, "jens-tiedeman": 1, "piet-harmsen": 1, "aylin-brandt": 4, "ines-kowal": 4, "rolf-matthies": 4, "sofie-lund": 3},
    "peak-load": {"maren-oldsen": 4, "aylin-brandt": 4, "rolf-matthies": 1, "sofie-lund": 1, "ines-kowal": 1},
    "quay-7-power": {"maren-oldsen": 4, "aylin-brandt": 1, "rolf-matthies": 1, "piet-harmsen": 4, "sofie-lund": 1},
    "ferry-convoy": {"maren-oldsen": 1, "ines-kowal": 0, "piet-harmsen": 4, "rolf-matthies": 4},
}

# Who did not say: member and proposals of which the member could not judge team and clean sea.
UNSURE = {
    "ines-kowal": ("girls-boats", "teachers", "whale-listener", "seabed-map"),
    "rolf-matthies": ("hydrogen-crane", "solar-roof", "clean-room"),
    "piet-harmsen": ("scan-service", "corrosion-wall", "pressure"),
    "sofie-lund": ("first-customer", "cluster-label"),
}

SUMMARIES = {
    "harbor-pilot": "Pilots board in every wind because nobody on land can see what they see. Cameras and tide models give the bridge a second pair of eyes, and pilots decide when to trust it.",
    "remote-tug": "One tug of the harbor fleet is steered from a container on land for three months, with a crew on board that may take over. Insurers have asked for exactly these hours.",
    "collision-pool": "Near misses are written down on eleven paper forms and never compared. Pilots, ports and the administration put them into one pool that nobody can use against the person who reported.",
    "test-basin": "A fenced-off basin of 400 meters where small autonomous boats may fail in front of nobody. Three neighbors want it; the permit is the slow part.",
    "ferry-convoy": "Two unmanned ferries follow a manned one to the Outer Islands, so that winter service pays again. If it works it changes the islands; most of us think that it will not work yet.",
    "mooring-robot": "Linesmen are hard to find at four in the morning. A robot on rails takes the lines of coastal ships up to 90 meters; the first berth has been promised by the terminal.",
    "shore-control": "One watch room for every remote trial in the bay instead of three containers with three radios. The Coast Guard School trains the operators.",
    "ballast-heat": "Ships pump warm ballast water overboard next to a district heating pipe. A heat exchanger on the quay brings the two together; the pipe is 140 meters away.",
    "methanol": "Two shipping lines will order methanol ships if somebody says where they can bunker. The study ends with a site, a permit application and a price.",
    "peak-load": "Cranes, cold stores and shore power all start at seven. Firms trade fifteen-minute slots of grid power among themselves and put off a new substation by years.",
    "quay-7-power": "The cruise berth runs on ship diesel beside a kindergarten. Sockets for Quay 7, with the cables that the energy company has already laid to the fence.",
    "green-corridor": "Halm and Gdynia agree on one rule book for low-emission coastal ships: same forms, same plugs, same berth rebate.",
    "hydrogen-crane": "A yard crane on a fuel cell, fed by trailer. The crane is ready; who fills the trailer on a Sunday is not.",
    "solar-roof": "Panels on the roof of the long shed at Quay 3. Nothing new about it, and it pays from the first summer.",
    "trawler-power": "Thirty trawlers run generators all night to keep their catch cold. The fishers' own cooperative wires eight berths.",
    "dock-heat": "The flooded dry dock becomes a heat store for the old town. The team has not yet said what the walls would cost.",
    "seabed-map": "Every survey of the bay sits in somebody's drawer. An open map at one-meter detail, kept current by those who use it. Everybody loves it; nobody has found who pays after year three.",
    "ice-radar": "A small radar that tells ice from foam, for coastal ships that meet both. Two test winters are needed, and winters have been mild.",
    "whale-listener": "Buoys that hear porpoises and slow ships down only when one is there, instead of all year.",
    "algae-warning": "Swimmers, mussel farmers and desalination all ask the same question in July. Three sensors and a model answer it five days ahead.",
    "munitions": "Old shells lie where wind farms want cables. A towed array and a classifier find them at walking speed. Long, costly and not loved, but no one else can do it and the buyers are waiting.",
    "air-watch": "Twelve sensors and an honest public map of the air around the ferry terminal.",
    "smart-nets": "A net that lets the small fish go, by camera and a flap. Fishers like the idea and doubt the camera.",
    "buoy-service": "Ports rent measured water levels and currents instead of owning buoys that break.",
    "data-school": "Thirty people a year from yards, ports and ships learn to work with data on their own employer's problem. The first two rounds were full within a week.",
    "apprentices": "Forty apprentices spend six weeks in a yard in Turku, and forty come here.",
    "teachers": "Teachers of physics and geography work in a member firm for a month and go back with a lesson.",
    "simulator": "The bridge simulator of the university stands idle on weekends. Small shipping firms get the hours.",
    "returners": "People who left the sea to raise children come back by way of a shore job. It matters; it has not found its employers.",
    "welders": "A welding hall with evening places for those who work by day.",
    "girls-boats": "A summer of building two dinghies, then sailing them home. Sixty girls, and a waiting list of ninety.",
    "composite-lab": "A place to repair blades, masts and hulls under one extraction hood that no small firm can afford.",
    "clean-room": "Sensor makers travel 300 kilometers to glue an optic. The university opens forty square meters.",
    "vessel-share": "The cluster's test vessel is booked by mail and lies still half the time. One calendar, one skipper, one price for all.",
    "scan-service": "A van with a laser scanner for yards that repair without drawings.",
    "pressure": "A pressure chamber for 600 meters, so that housings fail in Förde and not at sea.",
    "corrosion-wall": "Forty meters of quay wall where coatings can be hung in the spray and compared, fairly, for two years.",
    "second-basin": "A second, shorter basin beside the wave tank. The first one is late; some want to see it finished before.",
    "buyers-week": "Twenty buyers from Nordic yards, five days, ninety meetings with small suppliers.",
    "first-customer": "A fund that pays a quarter of the first order when a port, ferry or yard dares to be somebody's first customer.",
    "cluster-label": "A mark of origin for products of the members. Half of the members have asked what for.",
    "busan-stand": "One stand for eight firms at the marine fair in Busan, with interpreters and a follow-up trip.",
    "tender-desk": "Two people who read public tenders in four languages and call those who could win them.",
    "yard-exports": "Help with export papers for yards with fewer than twenty people. The payoff has not been estimated yet.",
}

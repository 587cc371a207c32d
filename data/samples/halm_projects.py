"""The fictional Halm Maritime Cluster: what is under way, and what has ended."""

# Money in thousand euros, `done` and `spent` at the last report (done in percent of the work).
# partners: a minus marks one that has left. weeks: weeks between reports.
# milestones: name@planned>forecast=done, a star marks a gate of the board.
RUNNING = """
id             | name                  | theme             | lead           | partners                           | leader          | grant | cost | begin      | end        | forecast   | done | spent | last       | weeks | pts | pcs | payoff         | scope | milestones
battery-barge  | Battery barge         | Port energy       | blue-grid      | blue-grid-store,port-of-halm,vasa-marine | Jule Marten | 480 | 600 | 2025-10-01 | 2026-12-31 | 2027-09-30 | 48   | 375   | 2026-09-22 | 6     | 55  | 50  | 900,1600,2900  | H     | Hull bought@2025-12-15=2025-12-19; Gate 1: batteries chosen@2026-03-31=2026-05-12*; Gate 2: first charge at the quay@2026-09-08>2027-02-26*; In service@2026-12-31>2027-09-30
wave-tank      | Wave tank upgrade     | Shared labs       | ostlab         | tu-forde,spindrift,-saltline       | Nils Ebert      | 210   | 420  | 2026-01-05 | 2027-04-02 | 2027-07-30 | 57   | 230   | 2026-11-17 | 4     | 85  | 75  | 500,900,1400   | C     | Gate 1: design approved@2026-06-15=2026-06-15*; Wave maker delivered@2026-11-02>2027-01-18; First waves@2027-02-01>2027-05-10; Open to members@2027-04-02>2027-07-30
cable-watch    | Acoustic cable watch  | Ocean sensing     | baltic-sonar   | forde-energie,lantern              | Dr. Ilka Stein  | 150   | 340  | 2026-04-01 | 2027-04-30 | 2027-06-25 | 46   | 172   | 2026-10-12 | 4     | 75  | 65  | 500,900,1600   | P     | Array in the water@2026-08-14=2026-08-28; Gate 1: one winter month of data@2027-01-29*; Handover@2027-04-30>2027-06-25
hull-drones    | Hull-cleaning drones  | Autonomous vessels| seawise        | seawise-robotics,west-shipping     | Merle Otte      | 180   | 430  | 2026-01-15 | 2027-03-01 | 2027-03-22 | 70   | 301   | 2026-11-16 | 4     | 65  | 60  | 700,1300,2400  | P     | First dive@2026-04-30=2026-05-06; Gate 1: a whole hull@2026-07-10=2026-07-14*; Gate 2: twelve hulls@2026-10-23=2026-11-18*; Price list@2027-03-01>2027-03-22
buoy-network-2 | Buoy network 2        | Ocean sensing     | tu-forde       | maritime-admin,lantern             | Dr. Paul Ihde   | 140   | 310  | 2026-02-02 | 2027-04-01 | 2027-04-01 | 69   | 215   | 2026-11-10 | 6     | 90  | 80  | 350,600,950    | C     | Six buoys out@2026-06-30=2026-06-26; Gate 1: ninety days without a gap@2026-10-30=2026-10-30*; Twelve buoys out@2027-04-01>2027-04-01
night-classes  | Night classes         | Skills            | maritime-school| steelworkers,nordkai               | Rike Thomsen    | 60    | 130  | 2026-03-02 | 2026-12-15 | 2026-12-10 | 94   | 121   | 2026-11-20 | 6     | 95  | 90  | 150,260,400    | C     | First class@2026-03-16=2026-03-16; Gate 1: half still there at summer@2026-07-03=2026-07-03*; Certificates@2026-12-15>2026-12-10
bubble-curtain | Bubble curtain        | Port energy       | port-of-halm   | thaw,eelgrass                      | Dr. Arne Lüth   | 120   | 260  | 2026-02-16 | 2027-02-26 | 2027-02-26 | 38   | 96    | 2026-07-21 | 6     | 80  | 70  | 250,480,800    | H     | Compressor ordered@2026-04-30=2026-05-08; Gate 1: noise measured@2026-10-16*; Season test@2027-02-26
rope-robots    | Rope access robots    | Autonomous vessels| seawise-robotics| nordkai-service,odense-robotics   | Edda Harms      | 170   | 380  | 2025-11-03 | 2027-05-28 | 2027-05-28 | 73   | 262   | 2026-11-09 | 4     | 60  | 60  | 600,1200,2200  | P     | Gate 1: climbs a mast@2026-05-29=2026-05-20*; Gate 2: paints a mast@2027-01-22>2027-01-15*
fuel-tender    | Fuel-cell tender      | Port energy       | kielwasser     | spindrift,-quay-cooling,-saltline  | Birte Claussen  | 240   | 560  | 2025-12-01 | 2027-08-31 | 2027-12-17 | 49   | 285   | 2026-11-03 | 6     | 60  | 55  | 900,1700,3200  | P     | Gate 1: class approval@2026-06-30=2026-09-11*; Hull launched@2026-12-11>2027-03-19; Gate 2: sea trial@2027-05-14>2027-06-11*
port-twin      | Port digital twin     | Autonomous vessels| capstan        | port-of-halm,moin-logistics        | Sven Iwersen    | 130   | 300  | 2026-05-04 | 2027-10-29 | 2027-10-29 | 37   | 108   | 2026-11-13 | 6     | 75  | 65  | 400,800,1500   | H     | Gate 1: cranes in the model@2026-11-06=2026-11-05*; Gate 2: trucks in the model@2027-05-28*; Open interface@2027-10-29
kelp-sensors   | Kelp farm sensors     | Ocean sensing     | lantern        | outer-islands,brackwater           | Dr. Hedda Lorenz| 80    | 170  | 2026-06-01 | 2027-06-30 | 2027-06-30 | 47   | 78    | 2026-11-18 | 6     | 75  | 65  | 200,380,700    | H     | Lines out@2026-09-18=2026-09-15; Gate 1: survived a storm@2027-02-26*
video-welding  | Welding by video      | Skills            | nordkai        | steelworkers,pier-nine             | Jorid Hamann    | 50    | 110  | 2026-04-13 | 2027-01-29 | 2027-01-29 | 79   | 86    | 2026-11-06 | 6     | 95  | 85  | 110,190,300    | C     | Ten lessons@2026-09-30=2026-09-28; Gate 1: welds as good as before@2026-12-11*
round-sails    | Round sails           | Port energy       | loop-sails     | tidewrack,spindrift                | Bente Kroll     | 70    | 160  | 2026-03-16 | 2027-03-31 | 2027-05-14 | 58   | 88    | 2026-11-11 | 6     | 70  | 60  | 180,360,650    | P     | Old sails collected@2026-06-12=2026-06-30; Gate 1: first new cloth@2026-10-02=2026-11-04*; One boat under new sails@2027-03-31>2027-05-14
startup-berth  | Startup berth         | Market access     | waterfront-fund| gull-ventures,town-halm            | Imke Sander     | 110   | 280  | 2025-09-01 | 2027-08-31 | 2027-08-31 | 64   | 175   | 2026-10-30 | 8     | 85  | 75  | 300,600,1200   | C     | Six firms in@2026-02-27=2026-02-20; Gate 1: two have a customer@2026-09-25=2026-09-25*; Gate 2: rent pays for itself@2027-06-25*
crew-fatigue   | Crew fatigue watch    | Autonomous vessels| holm-lines     | maritime-admin,skua                | Dr. Ole Timm    | 90    | 210  | 2026-05-18 | 2027-05-28 | 2027-05-28 | 52   | 104   | 2026-11-19 | 4     | 70  | 65  | 250,480,900    | P     | Gate 1: crews agree@2026-08-28=2026-08-21*; Gate 2: fewer false alarms@2027-02-12*
twin-exchange  | Twin-port exchange    | Market access     | chamber-halm   | gdynia-port,turku-yard             | Ole Brodersen   | 60    | 120  | 2026-01-12 | 2027-01-29 | 2027-01-29 | 82   | 97    | 2026-11-05 | 8     | 95  | 85  | 120,220,380    | C     | Four visits@2026-06-30=2026-06-24; Gate 1: three joint offers@2026-11-27>2026-11-27*
dock-pump      | Dry dock heat pump    | Port energy       | thaw           | nordkai,forde-energie              | Jonas Reimers   | 150   | 390  | 2026-06-15 | 2027-11-30 | 2027-11-30 | 29   | 118   | 2026-11-12 | 6     | 85  | 80  | 450,800,1200   | P     | Gate 1: ground water permit@2026-12-18>2026-12-18*; Pump in place@2027-08-27
fog-signals    | Fog signals           | Ocean sensing     | fairway        | maritime-admin                     | Wiebke Arp      | 30    | 70   | 2026-08-03 |            |            |      |       |            | 6     | 80  | 70  | 60,130,250     | H     |
"""

NOTES = {
    "battery-barge": "Second supplier of battery racks has gone quiet. Charging at the quay moves to February at the earliest.",
    "wave-tank": "Saltline left in August. The wave maker is at the customs office.",
    "cable-watch": "Array was out of the water for three weeks after a trawler crossed it.",
    "hull-drones": "Gate 2 passed: twelve hulls cleaned, one scratched.",
    "buoy-network-2": "Ninety days without a gap. Six more buoys are ordered.",
    "night-classes": "Twenty-six of thirty-one still attend.",
    "bubble-curtain": "Compressor works; the hose does not hold its depth yet.",
    "rope-robots": "Ahead on climbing, on plan for paint.",
    "fuel-tender": "Quay Cooling and Saltline have both stepped out. Class approval came ten weeks late.",
    "port-twin": "Cranes are in the model; trucks follow.",
    "kelp-sensors": "Lines held in the October wind.",
    "video-welding": "Ten lessons online, four more filmed.",
    "round-sails": "Cloth is good; the loom is shared and slow.",
    "startup-berth": "Two of six firms have a paying customer.",
    "crew-fatigue": "Crews ask to see their own data, and now do.",
    "twin-exchange": "Two joint offers are out, the third waits for a signature.",
    "dock-pump": "Waiting for the ground water permit.",
}

RUNNING_SUMMARIES = {
    "battery-barge": "A barge with batteries that brings power to any berth. The racks came late, then their maker fell silent.",
    "wave-tank": "A new wave maker for the tank that every designer in the bay uses.",
    "cable-watch": "Hydrophones that notice an anchor before it reaches the cable.",
    "hull-drones": "Drones that clean hulls at the quay and catch what they scrape off.",
    "buoy-network-2": "Twelve more buoys for currents and waves, open to all members.",
    "night-classes": "Evening classes in electrics for people who work by day.",
    "bubble-curtain": "A curtain of air that keeps the noise of pile driving from porpoises.",
    "rope-robots": "Robots that climb masts and towers so that people need not.",
    "fuel-tender": "A harbor tender on a fuel cell, built for silence.",
    "port-twin": "A model of the port that shippers, trucks and cranes can ask.",
    "kelp-sensors": "Light, salt and growth, measured on the line.",
    "video-welding": "Short films by the best welders of three yards.",
    "round-sails": "New sails from old ones.",
    "startup-berth": "Six desks, a slip and a crane for young firms.",
    "crew-fatigue": "A bridge that notices a tired watch, with the crew's consent.",
    "twin-exchange": "Four visits a year between the ports of Halm, Gdynia and Turku.",
    "dock-pump": "A heat pump on the water of the dry dock.",
    "fog-signals": "A small study of what fog signals still do for small boats. No report so far, and no date was agreed.",
}

# ok: y reached its aim. paid: payoff reached. spent: of the whole cost.
CLOSED = """
id              | name                     | theme             | lead           | grant | cost | begin   | end        | closed     | pts | pcs | payoff         | ok | paid | spent | reason                              | lesson
buoy-network-1  | Buoy network 1           | Ocean sensing     | tu-forde       | 120   | 260  | 2022-03 | 2024-02-29 | 2024-03-15 | 80  | 75  | 300,520,900    | y  | 610  | 255   | Finished                            | Buy spare moorings before the first winter, not after it.
quay-3-power    | Shore power at Quay 3    | Port energy       | port-of-halm   | 150   | 420  | 2021-09 | 2023-06-30 | 2023-11-10 | 90  | 85  | 500,800,1100   | y  | 740  | 468   | Finished                            | The grid connection decided the date; ask for it before the grant.
dp-trainer      | Dynamic positioning trainer | Skills         | maritime-school| 70    | 150  | 2022-09 | 2024-01-31 | 2024-01-31 | 95  | 90  | 160,280,420    | y  | 300  | 146   | Finished                            | Classes fill when shipping firms send the names, not the school.
eco-prop        | Quiet propeller          | Port energy       | kielwasser     | 160   | 400  | 2021-04 | 2023-09-30 | 2023-10-20 | 65  | 60  | 600,1300,2600  | y  | 2100 | 410   | Finished                            | A shipowner as partner from the first day is worth two prototypes.
drone-mail      | Island mail by drone     | Autonomous vessels| seawise        | 140   | 330  | 2021-10 | 2023-10-31 | 2023-02-17 | 55  | 45  | 500,1100,2400  | n  | 0    | 190   | No permit to fly over the fairway   | Ask who may forbid it before asking who wants it.
sail-kites      | Kites for coasters       | Port energy       | spindrift      | 180   | 450  | 2020-11 | 2023-05-31 | 2023-06-30 | 50  | 50  | 700,1600,3500  | n  | 120  | 430   | Crews would not rig them            | Let the deck crew choose between two designs early.
cable-locker    | Cable locker inspection  | Autonomous vessels| seawise-robotics| 60   | 140  | 2023-01 | 2024-04-30 | 2024-05-17 | 80  | 70  | 150,300,550    | y  | 390  | 139   | Finished                            | Small and ugly jobs pay early.
salt-battery    | Salt battery             | Port energy       | blue-grid-store| 190   | 480  | 2022-01 | 2024-06-30 | 2023-12-08 | 45  | 55  | 800,1800,3800  | n  | 0    | 300   | Supplier insolvent                  | One supplier is none; name the second before the start.
cod-count       | Counting cod by sound    | Ocean sensing     | baltic-sonar   | 110   | 250  | 2022-05 | 2024-05-31 | 2024-06-28 | 70  | 60  | 300,600,1100   | y  | 480  | 262   | Finished                            | Fishers trust numbers they helped to collect.
yard-english    | English for yards        | Skills            | nordkai        | 40    | 90   | 2023-02 | 2023-12-15 | 2023-12-15 | 95  | 90  | 90,160,240     | y  | 170  | 88    | Finished                            | Teach in the canteen, in working hours.
ferry-wifi      | Data on every ferry      | Ocean sensing     | ferry-union    | 90    | 210  | 2021-06 | 2022-11-30 | 2023-03-31 | 85  | 70  | 180,360,600    | y  | 200  | 248   | Finished                            | Antennas need a person on each ship who cares.
ice-app         | Ice chart app            | Ocean sensing     | mudlark        | 70    | 150  | 2022-10 | 2024-03-31 | 2023-11-24 | 75  | 55  | 150,350,800    | n  | 20   | 118   | A free service appeared             | Look every quarter at what others give away.
hull-paint      | Paint without copper     | Shared labs       | bright-anodes  | 130   | 300  | 2021-03 | 2023-08-31 | 2023-09-29 | 60  | 60  | 400,900,1900   | y  | 980  | 316   | Finished                            | Two summers of plates in the water beat any model.
port-bikes      | Freight bikes in port    | Port energy       | moin-logistics | 50    | 110  | 2022-04 | 2023-03-31 | 2023-04-14 | 90  | 60  | 80,170,320     | n  | 40   | 109   | Distances too long                  | Ride the route once before writing the proposal.
women-yard      | Women in the yard        | Skills            | harbor-women   | 60    | 120  | 2022-01 | 2023-12-31 | 2024-01-12 | 95  | 85  | 120,220,350    | y  | 260  | 117   | Finished                            | Mentors stay when their hours count as work.
scrap-online    | Scrap exchange           | Market access     | tidewrack      | 80    | 180  | 2021-05 | 2023-04-30 | 2022-12-16 | 75  | 50  | 160,380,800    | n  | 0    | 130   | Too few sellers                     | Sign ten sellers first, then build.
oil-spill-swarm | Oil spill swarm          | Autonomous vessels| ostlab         | 200   | 520  | 2020-09 | 2023-08-31 | 2024-02-23 | 45  | 50  | 900,2000,4200  | n  | 150  | 588   | Worked, found no buyer              | A public buyer needs a budget line two years ahead.
export-desk     | Export desk              | Market access     | chamber-halm   | 70    | 150  | 2022-02 | 2024-01-31 | 2024-02-09 | 90  | 80  | 150,300,520    | y  | 340  | 148   | Finished                            | Call firms; they do not read letters.
composite-bikes | Hull waste to bicycles   | Shared labs       | nordkai-comp   | 50    | 120  | 2022-06 | 2023-11-30 | 2023-06-23 | 60  | 55  | 90,210,450     | n  | 0    | 70    | Fibers too short                    | A week in the lab would have told; plan a first gate at week eight.
lock-ai         | Lock timing              | Autonomous vessels| capstan        | 100   | 230  | 2022-08 | 2024-07-31 | 2024-08-30 | 75  | 70  | 300,560,950    | y  | 690  | 224   | Finished                            | The lock keepers knew the answer; we measured it.
heat-atlas      | Heat atlas of the port   | Port energy       | thaw           | 40    | 90   | 2023-03 | 2024-02-29 | 2024-03-08 | 95  | 80  | 100,220,420    | y  | 380  | 86    | Finished                            | Its map found Heat from ballast water.
sonar-school    | Sonar summer school      | Skills            | baltic-sonar   | 30    | 70   | 2023-05 | 2023-09-30 | 2023-10-06 | 95  | 90  | 50,100,170     | y  | 90   | 68    | Finished                            | Two weeks are enough.
hydro-bunker    | Hydrogen bunker barge    | Port energy       | forde-energie  | 260   | 700  | 2021-01 | 2024-06-30 | 2023-05-26 | 40  | 45  | 1200,3000,6500 | n  | 0    | 410   | No ship to fill                     | Bunkers need ships: count signed orders, not studies.
crew-share      | Crew pool for coasters   | Skills            | west-shipping  | 60    | 130  | 2023-01 | 2024-06-30 | 2024-07-05 | 85  | 70  | 120,260,460    | y  | 150  | 141   | Finished                            | Agree on who pays for sick days.
reed-filter     | Reed filter for bilge    | Ocean sensing     | saltline       | 60    | 140  | 2022-07 | 2024-01-31 | 2023-08-18 | 55  | 50  | 110,260,560    | n  | 0    | 85    | Filter froze                        | Try it in January first.
"""

"""The fictional Halm Maritime Cluster: its organizations and the seven people on its board."""

# size: S small, M mid, L large, - not a firm. flags: b on the board, n newcomer.
ORGANIZATIONS = """
id               | name                          | role          | size | group         | sector                | region        | country | flags
anker            | Anker Cooperative             | business      | S    |               | fishing port services | Outer Islands | DE      | n
baltic-sonar     | Baltic Sonar                  | business      | M    |               | underwater acoustics  | Förde         | DE      |
blue-grid        | Blue Grid                     | business      | M    | Förde Energie | port power            | Halm          | DE      | b
blue-grid-store  | Blue Grid Storage             | business      | S    | Förde Energie | batteries             | Halm          | DE      |
brackwater       | Brackwater Labs               | business      | S    |               | water analysis        | Outer Islands | DE      | n
bright-anodes    | Bright Anodes                 | business      | S    |               | corrosion             | Halm          | DE      |
busan-marine     | Busan Marine Exchange         | association   | -    |               | trade promotion       | Busan         | KR      |
capstan          | Capstan Software              | business      | S    |               | port software         | Halm          | DE      |
chamber-halm     | Halm Chamber of Commerce      | association   | -    |               | trade promotion       | Halm          | DE      |
coast-guard      | Coast Guard School Nordmark   | public        | -    |               | training              | Nordmark      | DE      |
dune             | Dune Analytics                | business      | S    |               | 3D measurement        | Nordmark      | DE      | n
dockside-bank    | Dockside Savings Bank         | finance       | L    |               | banking               | Halm          | DE      |
eelgrass         | Eelgrass Trust                | civil society | -    |               | nature protection     | Outer Islands | DE      |
fairway          | Fairway Pilots                | business      | S    |               | pilotage              | Halm          | DE      |
ferry-union      | Small Ferries Union           | association   | -    |               | ferries               | Outer Islands | DE      |
fishers-coop     | Halm Fishers' Cooperative     | business      | S    |               | fishing               | Outer Islands | DE      |
fjord-funk       | Fjord & Funk                  | business      | S    |               | tender services       | Förde         | DE      | n
forde-energie    | Förde Energie                 | business      | L    | Förde Energie | utility               | Förde         | DE      |
forde-foundation | Förde Skills Foundation       | civil society | -    |               | education             | Förde         | DE      |
gdynia-port      | Gdynia Port Lab               | public        | -    |               | ports                 | Gdynia        | PL      |
gull-ventures    | Gull Ventures                 | finance       | S    |               | venture capital       | Förde         | DE      |
halm-region      | Halm Region                   | public        | -    |               | regional government   | Halm          | DE      | b
halm-schools     | Halm School Board             | public        | -    |               | schools               | Halm          | DE      |
harbor-women     | Women of the Harbor           | civil society | -    |               | equality              | Halm          | DE      |
holm-lines       | Holm Lines                    | business      | L    |               | shipping              | Halm          | DE      |
ice-institute    | Institute of Sea Ice          | academia      | -    |               | sea ice               | Tromsø        | NO      |
kielwasser       | Kielwasser                    | business      | M    |               | ship systems          | Halm          | DE      |
lantern          | Lantern Optics                | business      | S    |               | optical sensors       | Förde         | DE      |
loop-sails       | Loop Sails                    | business      | S    |               | sailmaking            | Nordmark      | DE      |
maritime-admin   | Maritime Administration       | public        | -    |               | ship safety           | Nordmark      | DE      |
maritime-school  | Maritime School               | academia      | -    |               | nautical training     | Halm          | DE      | b
moin-logistics   | Moin Logistics                | business      | M    |               | freight               | Halm          | DE      |
mudlark          | Mudlark Data                  | business      | S    |               | sediment data         | Nordmark      | DE      |
nordkai          | Nordkai Shipyard              | business      | L    | Nordkai       | shipbuilding          | Halm          | DE      | b
nordkai-comp     | Nordkai Composites            | business      | M    | Nordkai       | composites            | Halm          | DE      |
nordkai-service  | Nordkai Service               | business      | S    | Nordkai       | repair                | Halm          | DE      |
nordmark-region  | Nordmark Region               | public        | -    |               | regional government   | Nordmark      | DE      |
odense-robotics  | Odense Deck Robotics          | business      | S    |               | robotics              | Odense        | DK      |
ostlab           | Ostlab                        | academia      | -    |               | applied research      | Förde         | DE      |
outer-islands    | Outer Islands Council         | public        | -    |               | local government      | Outer Islands | DE      |
pier-nine        | Pier Nine Studio              | business      | S    |               | design                | Halm          | DE      |
port-of-halm     | Port of Halm                  | public        | -    |               | port authority        | Halm          | DE      | b
quay-cooling     | Quay Cooling                  | business      | S    |               | cold storage          | Outer Islands | DE      |
rotterdam-hub    | Rotterdam Bunker Forum        | association   | -    |               | marine fuels          | Rotterdam     | NL      |
saltline         | Saltline                      | business      | S    |               | desalination          | Nordmark      | DE      |
seawise          | Seawise                       | business      | M    | Seawise       | remote operation      | Förde         | DE      | b
seawise-robotics | Seawise Robotics              | business      | S    | Seawise       | robotics              | Förde         | DE      |
skua             | Skua Vision                   | business      | S    |               | machine vision        | Förde         | DE      | n
spindrift        | Spindrift Energy              | business      | S    |               | wind propulsion       | Nordmark      | DE      |
steelworkers     | Shipbuilders' Union           | civil society | -    |               | labor                 | Halm          | DE      |
tern             | Tern Robotics                 | business      | S    |               | robotics              | Halm          | DE      | n
thaw             | Thaw Heat Pumps               | business      | S    |               | heat pumps            | Förde         | DE      |
tidewrack        | Tidewrack Recycling           | business      | S    |               | recycling             | Nordmark      | DE      |
town-halm        | Town of Halm                  | public        | -    |               | local government      | Halm          | DE      |
tu-forde         | TU Förde                      | academia      | -    |               | university            | Förde         | DE      | b
turku-yard       | Turku Yard Network            | association   | -    |               | shipbuilding          | Turku         | FI      |
vasa-marine      | Vasa Marine Battery           | business      | M    |               | batteries             | Vaasa         | FI      |
waterfront-fund  | Waterfront Fund               | finance       | M    |               | infrastructure        | Halm          | DE      |
west-shipping    | West Quay Shipping            | business      | M    |               | shipping              | Halm          | DE      |
yard-apprentice  | Yard Apprentices' Workshop    | civil society | -    |               | training              | Halm          | DE      |
"""

# lean: how far the member's levels stray from the common view, in steps of the scale.
MEMBERS = """
id            | name            | organization    | chair | lean
maren-oldsen  | Maren Oldsen    | nordkai         | yes   | 0.1
jens-tiedeman | Jens Tiedemann  | port-of-halm    |       | -0.1
aylin-brandt  | Aylin Brandt    | tu-forde        |       | 0.4
piet-harmsen  | Piet Harmsen    | halm-region     |       | 0.2
ines-kowal    | Ines Kowal      | blue-grid       |       | -0.4
rolf-matthies | Rolf Matthies   | maritime-school |       | 0.0
sofie-lund    | Sofie Lund      | seawise         |       | -0.2
"""

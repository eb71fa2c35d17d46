"""Words of the trade that some write as one and others as two.

Who asks for two that make one is answered by rule ("front end" finds "frontend"); to find two by one, they have to be
known. Words that a dash joins need not stand here, nor those that nobody writes apart.
"""

_PAIRS = """
    after care, after sales, back end, bar tender, bench mark, block chain, book keeper, book keeping, brick layer,
    bus driver, call center, call centre, care giver, case work, case worker, child care, copy writer, copy writing,
    cross selling, crowd funding, cyber security, data base, data lake, data set, data warehouse, day care, e commerce,
    e learning, e mail, fork lift, free lance, free lancer, front end, full stack, fund raising, ghost writer, git hub,
    git lab, head hunter, head hunting, health care, help desk, home office, house keeping, in bound, java script,
    key account, land scaping, life cycle, micro service, micro services, middle ware, my sql, net working, no sql,
    off boarding, on boarding, on prem, on site, open source, out bound, pay roll, post gres, power point, power shell,
    pre sales, proof reading, road map, scale up, service desk, share point, ship building, start up, stone mason,
    story telling, team lead, team leader, team work, tele sales, time series, truck driver, type script, up selling,
    ware house, web master, web shop, web site, word press, work flow, work force, work shop,
    abteilungs leiter, bau leiter, betriebs wirt, pflege dienst, produkt management, produkt manager,
    projekt leiter, projekt management, projekt manager, sach bearbeiter, team leiter, vertriebs leiter
"""

APART_TOO = {
    one + two: (f"{one} {two}",)
    for pair in _PAIRS.split(",")
    for one, _, two in [pair.strip().partition(" ")]
}
"""By the one word the two, in small letters."""

"""Mutation testing (`make mutants`): which small faults in our rules would no test notice?"""

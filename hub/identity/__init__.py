"""Who is who: from authored values to features, candidates, scores, clusters and golden ids. Pure.

Every function here is a function of a *set* of records: who arrived first cannot matter.
"""

"""Selection: many recipes on the same films, cross-validated by patient; one of them is chosen.

Test films are never read here. One process or many, on one machine or several that share a folder,
take combinations from one journal (Optuna's), so that none is tried twice and none is lost.
"""

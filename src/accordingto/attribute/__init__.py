"""Report → Claims: who says what, according to whom.

claiming.claims(report, prose)      the claims of a report
owners.owner(figure, claims)        whose words a figure outside of them is
doubts.doubts(prose, first, last)   what makes one wonder about a claim
reasons.Reasons                     why each claim has its source
bodies.bodies(language)             the bodies that speak; `who` knows them from here

Nothing is loaded before it is used: asking needs the bodies alone.
"""

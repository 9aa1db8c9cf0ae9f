"""EcoLogits folded into coefficients: methods, models, zones, reasoning, prices."""

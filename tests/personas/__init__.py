"""Thirty written reps walk ten working days with both coaches; what they live through is kept as transcripts."""

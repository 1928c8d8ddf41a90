"""Arrays in, small frozen results out: likelihood, feasibility, reasons, influence, stances."""

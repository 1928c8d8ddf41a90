"""The program from Python, and the questions that it shares with the command line: both call the same functions.

`sim.load` is the door; `sim.api.loaded` is behind it. `questions` puts a question to a scenario, whoever asks.
"""

"""Results as one page that needs nothing else: for a browser, a printer, or to be sent to somebody.

Each kind of result has a module that gathers a `Document` from what its page and its pictures say already; no figure is made
here. Who adds a kind adds such a module.
"""

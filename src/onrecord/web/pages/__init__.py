"""One module a page: its routes, as ``router``. :data:`onrecord.web.app.PAGES` lists them."""
